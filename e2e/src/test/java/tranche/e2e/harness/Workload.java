package tranche.e2e.harness;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/// What the load generator's requests must have written, computed a second time from its seed.
public final class Workload {
  private static final List<String> PRIORITIES = List.of("low", "normal", "high", "urgent");
  private static final List<String> STATUSES = List.of("open", "in_progress", "done");

  private final long seed;

  Workload(long seed) {
    this.seed = seed;
  }

  /// The id of the issue that request creates, if it creates one.
  public UUID created(long sequence) {
    String name = "load " + seed + " " + sequence;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  /// The priority that request writes.
  public String priority(long sequence) {
    return word(PRIORITIES, sequence);
  }

  /// The status that request writes if it is a change.
  public String status(long sequence) {
    return word(STATUSES, sequence);
  }

  private String word(List<String> words, long sequence) {
    long mixed = seed * 0x9E3779B97F4A7C15L + sequence * 31 + 5;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    mixed ^= mixed >>> 31;
    return words.get((int) ((mixed >>> 11) * 0x1.0p-53 * words.size()));
  }
}
