package tranche.testkit;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tranche.engine.request.IdempotencyKeys;

/// Answers by key, as a map.
final class MemoryIdempotencyKeys implements IdempotencyKeys {
  private final Memory memory;
  private final Map<String, Row> rows = new HashMap<>();
  private long claims;

  MemoryIdempotencyKeys(Memory memory) {
    this.memory = memory;
  }

  private record Row(String requestHash, UUID token, Optional<Answer> answer, Instant at) {}

  @Override
  public Claim claim(String key, String requestHash) {
    if (key.isEmpty() || key.length() > KEY_LIMIT) {
      throw new IllegalArgumentException("a key of " + key.length() + " characters");
    }
    synchronized (memory) {
      prune();
      Row row = rows.get(key);
      return row == null || isOpen(row, requestHash)
          ? take(key, requestHash)
          : found(row, requestHash);
    }
  }

  private void prune() {
    Instant oldest = memory.now().minus(KEPT);
    List<String> old =
        rows.entrySet().stream()
            .filter(e -> e.getValue().at().isBefore(oldest))
            .sorted(Map.Entry.comparingByValue(Comparator.comparing(Row::at)))
            .limit(PRUNED_AT_ONCE)
            .map(Map.Entry::getKey)
            .toList();
    old.forEach(rows::remove);
  }

  private boolean isOpen(Row row, String requestHash) {
    boolean isTooOld = row.at().isBefore(memory.now().minus(KEPT));
    boolean isAbandoned =
        row.answer().isEmpty()
            && row.requestHash().equals(requestHash)
            && row.at().isBefore(memory.now().minus(PATIENCE));
    return isTooOld || isAbandoned;
  }

  /// Tokens are counted, not drawn, so that runs repeat.
  private Claim take(String key, String requestHash) {
    claims++;
    UUID token = new UUID(0, claims);
    Row _ = rows.put(key, new Row(requestHash, token, Optional.empty(), memory.now()));
    return new Claim.Mine(token);
  }

  private static Claim found(Row row, String requestHash) {
    if (!row.requestHash().equals(requestHash)) {
      return new Claim.Conflict();
    }
    return row.answer().<Claim>map(Claim.Answered::new).orElseGet(Claim.Underway::new);
  }

  @Override
  public boolean finish(String key, UUID token, Answer answer) {
    synchronized (memory) {
      Row row = rows.get(key);
      if (row == null || !stands(row, token)) {
        return false;
      }
      Row _ = rows.put(key, new Row(row.requestHash(), token, Optional.of(answer), row.at()));
      return true;
    }
  }

  @Override
  public void abandon(String key, UUID token) {
    synchronized (memory) {
      boolean _ =
          rows.entrySet().removeIf(e -> e.getKey().equals(key) && stands(e.getValue(), token));
    }
  }

  private static boolean stands(Row row, UUID token) {
    return row.token().equals(token) && row.answer().isEmpty();
  }
}
