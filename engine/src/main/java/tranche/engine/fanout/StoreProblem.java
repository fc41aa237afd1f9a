package tranche.engine.fanout;

import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What [StoreAccess] says when something may pass by itself: a fan-out tries again, in its own way
/// for each. Every other problem of a store is final.
public sealed interface StoreProblem extends Problem {
  /// Somebody holds the store's lock, and went on holding it for as long as we waited. The store
  /// goes to the end of the queue.
  ///
  /// @param holder who that is: process id, application name, how long
  record StoreBusy(StoreId store, String holder) implements StoreProblem {
    @Override
    public String code() {
      return "store-busy";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "Store " + store + " is being changed by somebody else: " + holder;
    }

    @Override
    public String why() {
      return "Only one at a time may change a store, and the other did not finish while we waited.";
    }

    @Override
    public String fix() {
      return "Wait for the other to finish, or end its session, then run the command again.";
    }
  }

  /// The connection broke. Whether the last statement took effect is read back when the store is
  /// tried again.
  record ConnectionLost(DatabaseId database, String message) implements StoreProblem {
    @Override
    public String code() {
      return "connection-lost";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "The connection to database " + database + " broke: " + message;
    }

    @Override
    public String why() {
      return "The server ended it, was restarted, or the network between failed.";
    }

    @Override
    public String fix() {
      return "See in the server's log why it ended the session, then run the command again; it goes"
          + " on where it stopped.";
    }
  }

  /// The server has no connection left for us.
  record NoConnectionFree(DatabaseId database, String message) implements StoreProblem {
    @Override
    public String code() {
      return "no-connection-free";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "The server of database " + database + " gives no connection: " + message;
    }

    @Override
    public String why() {
      return "`max_connections`, or a limit of the database, of the role or of a pooler, is used"
          + " up.";
    }

    @Override
    public String fix() {
      return "Free connections or raise the limit, or use fewer with `--parallel`, then run the"
          + " command again.";
    }
  }

  /// The run may no longer write there.
  record LeaseEnded(DatabaseId database, RunId run) implements StoreProblem {
    @Override
    public String code() {
      return "run-lease-ended";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "The lease of run " + run + " in database " + database + " has ended";
    }

    @Override
    public String why() {
      return "It was not renewed in time, because this process stood still or could not reach the"
          + " database; since then somebody else may have begun.";
    }

    @Override
    public String fix() {
      return "Run the command again; it goes on where it stopped.";
    }
  }
}
