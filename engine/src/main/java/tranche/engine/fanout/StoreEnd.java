package tranche.engine.fanout;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tranche.core.fanout.StoreOutcome.Timing;
import tranche.core.migration.MigrationKey;
import tranche.core.problem.Problem;
import tranche.core.release.SchemaVersion;

/// How a run ended for one store. Each store that the run got to has one of them.
public sealed interface StoreEnd {
  /// There was nothing to do.
  ///
  /// @param isBeyond whether it is past the version that was asked for
  record UpToDate(SchemaVersion version, boolean isBeyond) implements StoreEnd {
    public UpToDate {
      Objects.requireNonNull(version);
    }
  }

  /// All of it was done, and observed.
  ///
  /// @param ran what this run ran
  record Done(List<MigrationKey> ran, Timing timing) implements StoreEnd {
    public Done {
      ran = List.copyOf(ran);
      Objects.requireNonNull(timing);
    }
  }

  /// It failed, or was refused before anything was done.
  ///
  /// @param ran what this run ran before
  /// @param at the migration that failed, if one had begun
  record Failed(List<MigrationKey> ran, Optional<MigrationKey> at, Problem problem)
      implements StoreEnd {
    public Failed {
      ran = List.copyOf(ran);
      Objects.requireNonNull(at);
      Objects.requireNonNull(problem);
    }
  }

  /// It was cancelled, because the run was stopped and it did not finish in time. What it had
  /// committed stays; the next run goes on from there.
  record Interrupted(Problem problem) implements StoreEnd {
    public Interrupted {
      Objects.requireNonNull(problem);
    }
  }

  /// It was not begun, because something that it needs is not there.
  record Blocked(Blocker blocker) implements StoreEnd {
    public Blocked {
      Objects.requireNonNull(blocker);
    }
  }

  /// There was no such store when the run looked for it.
  ///
  /// @param isGoneSince whether it had been there when the run began
  record NotThere(boolean isGoneSince) implements StoreEnd {}
}
