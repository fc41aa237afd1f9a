package tranche.testkit;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.core.fleet.TenantId;
import tranche.core.release.Release;
import tranche.core.release.ReleaseId;
import tranche.core.rollout.Event;
import tranche.core.rollout.JournalEntry;
import tranche.core.rollout.LedgerEntry;
import tranche.core.rollout.RolloutId;
import tranche.engine.delivery.Arm;
import tranche.engine.journal.Fence;
import tranche.engine.journal.JournalProblem;
import tranche.engine.journal.LedgerChange;
import tranche.engine.rollout.RolloutStore.RolloutRecord;
import tranche.engine.rollout.RolloutStore.StoredPlan;

/// What an in-memory control store holds. Every method, and every use of a field, happens while its
/// monitor is held, so each call on a port is one transaction.
final class Memory {
  private static final int PAGE = 10_000;

  final Map<String, StoredPlan> plans = new LinkedHashMap<>();
  final Map<RolloutId, Rollout> rollouts = new LinkedHashMap<>();
  final Map<ReleaseId, Release> releases = new LinkedHashMap<>();
  final Map<TenantId, LedgerEntry> ledger = new HashMap<>();
  final Map<Arm, Integer> arms = new HashMap<>();
  final List<JournalEntry> entries = new ArrayList<>();
  Optional<Lease> lease = Optional.empty();
  long epoch;
  private final Clock clock;

  Memory(Clock clock) {
    this.clock = clock;
  }

  record Lease(String holder, Instant until) {}

  /// A rollout, the time of its last entry and whether it has ended.
  record Rollout(RolloutRecord record, Instant lastAt, boolean isEnded) {}

  /// The time as PostgreSQL keeps it.
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  void requireCurrent(Fence fence) {
    if (lease.isEmpty() || fence.epoch() != epoch) {
      throw new JournalProblem.LeaseLost(fence.epoch()).exception();
    }
  }

  List<JournalEntry> append(Rollout rollout, Fence fence, List<Event> events) {
    Instant at = now().isBefore(rollout.lastAt()) ? rollout.lastAt() : now();
    RolloutId id = rollout.record().id();
    int before = entries.size();
    events.forEach(
        e -> entries.add(new JournalEntry(entries.size() + 1L, id, at, fence.epoch(), e)));
    boolean ends =
        events.stream().anyMatch(e -> e instanceof Event.Finished || e instanceof Event.Cancelled);
    rollouts.put(id, new Rollout(rollout.record(), at, rollout.isEnded() || ends));
    return List.copyOf(entries.subList(before, entries.size()));
  }

  void apply(RolloutId rollout, Instant at, List<LedgerChange> changes) {
    Map<TenantId, Optional<ReleaseId>> last = new LinkedHashMap<>();
    changes.forEach(c -> last.put(c.tenant(), c.release()));
    last.forEach((tenant, release) ->
        release.ifPresentOrElse(
            r -> set(new LedgerEntry(tenant, r, at, Optional.of(rollout))),
            () -> ledger.remove(tenant)));
  }

  private void set(LedgerEntry entry) {
    LedgerEntry _ =
        ledger.merge(
            entry.tenant(), entry, (old, now) -> old.release().equals(now.release()) ? old : now);
  }

  static int page(int limit) {
    if (limit < 1 || limit > PAGE) {
      throw new IllegalArgumentException("limit " + limit + " is not in 1.." + PAGE);
    }
    return limit;
  }
}
