package issuetracker.load;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Which request has which number. Everything but the target of a change follows from the seed and
/// the number, so two runs send the same, and a checker can compute what must exist.
final class Workload {
  private static final List<String> PRIORITIES = List.of("low", "normal", "high", "urgent");
  private static final List<String> STATUSES = List.of("open", "in_progress", "done");

  private final long seed;
  private final Mix mix;
  private final Tenants all;
  private final Optional<Busy> busy;

  /// Tenants that receive a share of the load of their own.
  record Busy(Tenants tenants, double share) {}

  Workload(long seed, Mix mix, Tenants all, Optional<Busy> busy) {
    this.seed = seed;
    this.mix = mix;
    this.all = all;
    this.busy = busy;
  }

  /// The request with this number. A change needs an issue that was created before; while there is
  /// none an issue is created instead.
  Call call(long sequence, Acknowledged acknowledged) {
    int percent = (int) (fraction(sequence, 1) * 100);
    if (percent < mix.create()) {
      return create(sequence);
    }
    if (percent < mix.create() + mix.list()) {
      return new Call.ListNewest(sequence, tenant(sequence));
    }
    return acknowledged
        .pick(fraction(sequence, 2))
        .<Call>map(target ->
            new Call.Change(
                sequence,
                target.tenant(),
                target.issue(),
                word(STATUSES, sequence),
                word(PRIORITIES, sequence)))
        .orElseGet(() -> create(sequence));
  }

  /// The issue that is put there before the load begins as the tenant's own number `index`.
  Call seedIssue(long sequence, String tenant, int index) {
    return new Call.Create(
        sequence,
        tenant,
        new Call.NewIssue(
            id("seed " + tenant, index),
            "seed " + index + " for " + tenant,
            word(PRIORITIES, index)));
  }

  private Call create(long sequence) {
    String tenant = tenant(sequence);
    return new Call.Create(
        sequence,
        tenant,
        new Call.NewIssue(
            id("load", sequence),
            "load " + sequence + " for " + tenant,
            word(PRIORITIES, sequence)));
  }

  private String tenant(long sequence) {
    boolean forBusy = busy.isPresent() && fraction(sequence, 3) < busy.get().share();
    return (forBusy ? busy.get().tenants() : all).at(fraction(sequence, 4));
  }

  private String word(List<String> words, long sequence) {
    return words.get((int) (fraction(sequence, 5) * words.size()));
  }

  private UUID id(String kind, long sequence) {
    return UUID.nameUUIDFromBytes(
        (kind + " " + seed + " " + sequence).getBytes(StandardCharsets.UTF_8));
  }

  /// A number in [0, 1) that follows from the seed, the sequence number and what it is for.
  private double fraction(long sequence, int purpose) {
    long mixed = seed * 0x9E3779B97F4A7C15L + sequence * 31 + purpose;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    mixed ^= mixed >>> 31;
    return (mixed >>> 11) * 0x1.0p-53;
  }
}
