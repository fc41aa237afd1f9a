package tranche.engine.schema;

import tranche.core.fleet.StoreId;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can go wrong with a store.
public sealed interface SchemaProblem extends Problem {
  /// Whether the same attempt can succeed later without anybody changing anything.
  default boolean canPass() {
    return false;
  }

  /// The data of a store would break the migration.
  record PreflightFailed(StoreId store, String check, String finding) implements SchemaProblem {
    @Override
    public String code() {
      return "preflight-failed";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.FAILED;
    }

    @Override
    public String what() {
      return "Store " + store + " does not pass check " + check + ": " + finding;
    }

    @Override
    public String why() {
      return "The migration would fail on this data, or lose it.";
    }

    @Override
    public String fix() {
      return "Correct the data, then run `tranche rollout retry`.";
    }
  }

  /// A statement of a migration failed; its transaction was rolled back.
  record MigrationFailed(StoreId store, String migration, String message) implements SchemaProblem {
    @Override
    public String code() {
      return "migration-failed";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.FAILED;
    }

    @Override
    public String what() {
      return "Migration " + migration + " failed on store " + store + ": " + message;
    }

    @Override
    public String why() {
      return "The database refused it. The migration runs in one transaction, so the store is as it"
          + " was before.";
    }

    @Override
    public String fix() {
      return "Correct the data or ship a corrected release, then run `tranche rollout retry`.";
    }
  }

  /// A lock was not granted in time.
  record LockTimeout(StoreId store, String migration, String blockers) implements SchemaProblem {
    @Override
    public boolean canPass() {
      return true;
    }

    @Override
    public String code() {
      return "lock-timeout";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "Migration " + migration + " got no lock on store " + store + "; " + blockers;
    }

    @Override
    public String why() {
      return "Waiting longer would make the application's own statements queue behind it.";
    }

    @Override
    public String fix() {
      return "It is tried again by itself; end the blocking session if it goes on.";
    }
  }

  /// The database does not answer or does not let us in.
  record DatabaseUnreachable(String database, String message, boolean canPass)
      implements SchemaProblem {
    @Override
    public String code() {
      return "database-unreachable";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "Database " + database + " cannot be used: " + message;
    }

    @Override
    public String why() {
      return "No connection, or the server refused the login.";
    }

    @Override
    public String fix() {
      return "Check host, port, user and password file of this database in tranche.yaml and that"
          + " the server runs, then run `tranche rollout retry`.";
    }
  }

  /// What was applied is not what the release says.
  record HistoryDiffers(StoreId store, String migration, String found) implements SchemaProblem {
    @Override
    public String code() {
      return "history-differs";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "Store " + store + " has migration " + migration + " with another checksum: " + found;
    }

    @Override
    public String why() {
      return "A migration that was applied must not change; the store holds something else than the"
          + " release describes.";
    }

    @Override
    public String fix() {
      return "Restore the file as it was applied and put the difference into a new migration.";
    }
  }

  /// A backup could not be taken or did not read back.
  record BackupFailed(StoreId store, String message) implements SchemaProblem {
    @Override
    public String code() {
      return "backup-failed";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "The backup of store " + store + " failed: " + message;
    }

    @Override
    public String why() {
      return "Nothing is changed before what it touches was copied and read back.";
    }

    @Override
    public String fix() {
      return "Make room or correct the rights of the backup folder, then run `tranche rollout"
          + " retry`.";
    }
  }

  /// A process with a lower fencing number tried to change a store.
  record StaleWriter(StoreId store, long epoch) implements SchemaProblem {
    @Override
    public String code() {
      return "stale-writer";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "Store " + store + " refused a change with fencing number " + epoch;
    }

    @Override
    public String why() {
      return "A control plane with a higher number has taken over.";
    }

    @Override
    public String fix() {
      return "Use the control plane that holds the lease.";
    }
  }
}
