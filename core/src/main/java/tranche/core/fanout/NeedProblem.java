package tranche.core.fanout;

import static java.util.stream.Collectors.joining;

import java.util.List;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;
import tranche.core.release.SchemaVersion;

/// Why nothing may be done to stores of one history. The texts name no store, since many share one.
public sealed interface NeedProblem extends Problem
    permits NeedProblem.MigrationChanged,
        NeedProblem.OutOfOrder,
        NeedProblem.StoreAhead,
        NeedProblem.HalfwayChanged,
        NeedProblem.HalfwayStands,
        NeedProblem.NotAdopted,
        NeedProblem.NoSuchVersion,
        UndoProblem {
  @Override
  default ProblemKind kind() {
    return ProblemKind.CONFLICT;
  }

  /// An applied migration is not the one that the folder has.
  record MigrationChanged(MigrationKey key, String script, String applied, String inFolder)
      implements NeedProblem {
    @Override
    public String code() {
      return "migration-changed";
    }

    @Override
    public String what() {
      return "Migration "
          + key
          + " ("
          + script
          + ") was applied with checksum "
          + brief(applied)
          + "; the folder has "
          + brief(inFolder);
    }

    @Override
    public String why() {
      return "A migration that was applied must not change: nobody could say any more what the"
          + " store looks like.";
    }

    @Override
    public String fix() {
      return "Restore the file as it was applied and put the difference into a new migration.";
    }

    private static String brief(String checksum) {
      return checksum.length() > 20 ? checksum.substring(0, 12) : checksum;
    }
  }

  /// The folder has migrations below the store's version that the store never ran.
  record OutOfOrder(List<SchemaVersion> missing, SchemaVersion newest) implements NeedProblem {
    public OutOfOrder {
      missing = List.copyOf(missing);
    }

    @Override
    public String code() {
      return "migration-out-of-order";
    }

    @Override
    public String what() {
      return "The store is at version "
          + newest
          + " and never ran "
          + missing.stream().limit(10).map(v -> "V" + v).collect(joining(", "))
          + (missing.size() > 10 ? " and " + (missing.size() - 10) + " more" : "");
    }

    @Override
    public String why() {
      return "Later migrations may have been written for a schema without it.";
    }

    @Override
    public String fix() {
      return "Give the migration a version above "
          + newest
          + ", or run it where it stands with `--out-of-order`.";
    }
  }

  /// The store has versions that the folder lacks.
  record StoreAhead(List<SchemaVersion> unknown) implements NeedProblem {
    public StoreAhead {
      unknown = List.copyOf(unknown);
    }

    @Override
    public String code() {
      return "store-ahead";
    }

    @Override
    public String what() {
      return "The store has run "
          + unknown.stream().limit(10).map(v -> "V" + v).collect(joining(", "))
          + (unknown.size() > 10 ? " and " + (unknown.size() - 10) + " more" : "")
          + ", which the folder does not have";
    }

    @Override
    public String why() {
      return "It was changed from a newer or another folder; what comes next cannot be known from"
          + " this one.";
    }

    @Override
    public String fix() {
      return "Use the folder that has these migrations, or put the missing files back into this"
          + " one.";
    }
  }

  /// A script that stopped halfway is not the one that the folder has.
  record HalfwayChanged(MigrationKey key, int done, int total) implements NeedProblem {
    @Override
    public String code() {
      return "halfway-script-changed";
    }

    @Override
    public String what() {
      return "Migration "
          + key
          + " stopped after "
          + done
          + " of "
          + total
          + " statements, and the folder no longer has that script";
    }

    @Override
    public String why() {
      return "It runs outside of a transaction; it can be gone on with only by the text that was"
          + " begun.";
    }

    @Override
    public String fix() {
      return "Restore the file as it was when it was begun, apply it, and put the difference into a"
          + " new migration.";
    }
  }

  /// A script that stopped halfway stands in the way of what was asked for.
  record HalfwayStands(MigrationKey key, int done, int total, String asked) implements NeedProblem {
    @Override
    public String code() {
      return "halfway-script-stands";
    }

    @Override
    public String what() {
      return "Migration "
          + key
          + " stopped after "
          + done
          + " of "
          + total
          + " statements; it stands in the way of "
          + asked;
    }

    @Override
    public String why() {
      return "Between two of its statements the store is at no version at all.";
    }

    @Override
    public String fix() {
      return "Run `tranche schema apply` up to that migration first; it goes on where it stopped.";
    }
  }

  /// A schema that has tables and no history of ours.
  record NotAdopted(List<HistoryKind> others) implements NeedProblem {
    public NotAdopted {
      others = List.copyOf(others);
    }

    @Override
    public String code() {
      return "store-not-adopted";
    }

    @Override
    public String what() {
      return others.isEmpty()
          ? "The schema has tables, and no history that says what was run"
          : "The schema has a history of "
              + others.stream().map(HistoryKind::word).collect(joining(" and "))
              + ", which was not adopted";
    }

    @Override
    public String why() {
      return "Running the folder from its beginning would run migrations a second time.";
    }

    @Override
    public String fix() {
      return "Run `tranche schema adopt` on it first.";
    }
  }

  /// The folder has no such version.
  record NoSuchVersion(SchemaVersion asked, String newest) implements NeedProblem {
    @Override
    public String code() {
      return "version-not-in-folder";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.BAD_REQUEST;
    }

    @Override
    public String what() {
      return "The folder has no migration of version " + asked;
    }

    @Override
    public String why() {
      return "Stores can only be brought to a version that a migration leads to; the newest here is"
          + " "
          + newest
          + ".";
    }

    @Override
    public String fix() {
      return "Name a version that the folder has, or leave `--to` away for the newest.";
    }
  }
}
