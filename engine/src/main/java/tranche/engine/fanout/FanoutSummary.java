package tranche.engine.fanout;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import tranche.core.fanout.FailureGroup;
import tranche.core.problem.Problem;

/// How a run ended.
///
/// @param run which
/// @param ending why it ended
/// @param counts of all stores
/// @param failures by cause, the largest group first
/// @param skipped what nothing was done to, by reason
/// @param remarks what went wrong besides: a hook after the fact, a list that could not be read
///   again
/// @param duration from the first reading to the end
/// @param storesPerSecond that were changed, over the time of changing; 0 if none was
public record FanoutSummary(
    RunId run,
    Ending ending,
    Counts counts,
    List<FailureGroup> failures,
    List<SkipGroup> skipped,
    List<Problem> remarks,
    Duration duration,
    double storesPerSecond) {
  public FanoutSummary {
    Objects.requireNonNull(run);
    Objects.requireNonNull(ending);
    Objects.requireNonNull(counts);
    failures = List.copyOf(failures);
    skipped = List.copyOf(skipped);
    remarks = List.copyOf(remarks);
    Objects.requireNonNull(duration);
  }

  /// Why a run ended.
  public enum Ending {
    /// It got to every store.
    COMPLETE,
    /// More stores failed than were allowed to.
    BUDGET_SPENT,
    /// Somebody stopped it.
    STOPPED
  }

  /// Whether the command was successful.
  public enum Exit {
    /// Every store is where it was asked to be.
    OK,
    /// Some are not.
    FAILED,
    /// It was stopped before it could tell.
    INTERRUPTED
  }

  /// What to do next.
  public enum Next {
    /// Nothing.
    NOTHING,
    /// The same command again: it goes on where this run stopped.
    RUN_AGAIN,
    /// Put right what the failures say, then the same command again.
    FIX_AND_RUN_AGAIN,
    /// `schema adopt`, then the same command again.
    ADOPT
  }

  /// Whether the command was successful.
  public Exit exit() {
    if (ending == Ending.STOPPED && counts.notBegun() + counts.interrupted() > 0) {
      return Exit.INTERRUPTED;
    }
    boolean isWell = counts.failed() + counts.blocked() + counts.interrupted() == 0;
    return isWell && counts.notBegun() == 0 && remarks.isEmpty() ? Exit.OK : Exit.FAILED;
  }

  /// What to do next.
  public Next next() {
    if (failures.isEmpty()) {
      return counts.notBegun() + counts.interrupted() > 0 ? Next.RUN_AGAIN : Next.NOTHING;
    }
    boolean isForeign =
        failures.stream().allMatch(f -> f.problem().code().equals("store-not-adopted"));
    return isForeign ? Next.ADOPT : Next.FIX_AND_RUN_AGAIN;
  }
}
