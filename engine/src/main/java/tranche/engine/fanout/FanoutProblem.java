package tranche.engine.fanout;

import static java.util.stream.Collectors.joining;

import java.util.List;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.Finding;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can go wrong with a run as a whole, or with a store for no reason of its own.
public sealed interface FanoutProblem extends Problem {
  /// A migration has statements that are unsafe for the release that runs.
  record MigrationUnsafe(List<Finding> findings) implements FanoutProblem {
    public MigrationUnsafe {
      findings = List.copyOf(findings);
    }

    @Override
    public String code() {
      return "migration-unsafe";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.REFUSED_BY_POLICY;
    }

    @Override
    public String what() {
      return findings.stream()
          .limit(5)
          .map(f -> f.script() + ":" + f.line() + ":" + f.column() + " " + f.what())
          .collect(joining("; "));
    }

    @Override
    public String why() {
      return findings.stream().map(Finding::why).distinct().limit(5).collect(joining(" "));
    }

    @Override
    public String fix() {
      return findings.stream().map(Finding::safeWay).distinct().limit(5).collect(joining(" "))
          + " Or allow it in the file's header: `-- tranche: allow="
          + findings.getFirst().rule()
          + "`.";
    }
  }

  /// A server has too few connections left to begin.
  record ServerFull(String server, int free, int reserve) implements FanoutProblem {
    @Override
    public String code() {
      return "server-full";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "Server " + server + " has " + free + " connections free";
    }

    @Override
    public String why() {
      return "A run needs two and leaves " + reserve + " to the application.";
    }

    @Override
    public String fix() {
      return "Free connections or raise `max_connections`, then run the command again.";
    }
  }

  /// A migration touches more objects than the server's lock table holds.
  record LockTableTooSmall(String server, String migration, int locks, int room)
      implements FanoutProblem {
    @Override
    public String code() {
      return "lock-table-too-small";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "Migration "
          + migration
          + " may need some "
          + locks
          + " locks in one transaction; server "
          + server
          + " has room for "
          + room
          + " in all";
    }

    @Override
    public String why() {
      return "Every object that a transaction touches stays locked until its end; when the table is"
          + " full, other transactions fail too.";
    }

    @Override
    public String fix() {
      return "Raise `max_locks_per_transaction` and restart the server, or split the migration.";
    }
  }

  /// The history of a store changed each time it was to be changed.
  record StoreKeepsMoving(StoreId store, int times) implements FanoutProblem {
    @Override
    public String code() {
      return "store-keeps-moving";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "The history of store " + store + " changed " + times + " times under this run";
    }

    @Override
    public String why() {
      return "Another run or an application migrates the same store.";
    }

    @Override
    public String fix() {
      return "Let the other finish, then run the command again.";
    }
  }

  /// A database that had been leased could not be leased again in time.
  record LeaseNotRenewed(DatabaseId database, String message) implements FanoutProblem {
    @Override
    public String code() {
      return "run-lease-not-renewed";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "The lease in database " + database + " could not be renewed: " + message;
    }

    @Override
    public String why() {
      return "Without a lease somebody else may begin, so no further store was begun there.";
    }

    @Override
    public String fix() {
      return "See why the database cannot be reached, then run the command again; it goes on where"
          + " it stopped.";
    }
  }
}
