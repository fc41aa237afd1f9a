package tranche.postgres.fanout;

import tranche.core.fleet.StoreId;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can stop the change of a store for good. What may pass by itself is
/// [tranche.engine.fanout.StoreProblem].
public sealed interface StoreChangeProblem extends Problem {
  /// Most of these are failures of a migration.
  @Override
  default ProblemKind kind() {
    return ProblemKind.FAILED;
  }

  /// A statement failed. Inside a transaction the store is as it was before the migration.
  ///
  /// @param at `V3 (V3__priority.sql line 12)`
  record StatementFailed(StoreId store, String at, String message) implements StoreChangeProblem {
    @Override
    public String code() {
      return "statement-failed";
    }

    @Override
    public String what() {
      return "Migration " + at + " failed on store " + store + ": " + message;
    }

    @Override
    public String why() {
      return "The database refused the statement. Outcomes of finished migrations stay; a migration"
          + " in a transaction left nothing behind.";
    }

    @Override
    public String fix() {
      return "Correct the data of this store or the script, then run the command again; stores that"
          + " are done are left alone.";
    }
  }

  /// A statement got no lock on a table.
  record LockNotGranted(StoreId store, String at, String blockers) implements StoreChangeProblem {
    @Override
    public String code() {
      return "lock-not-granted";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "Migration " + at + " got no lock on store " + store + "; " + blockers;
    }

    @Override
    public String why() {
      return "Waiting longer would make the application's own statements queue behind it.";
    }

    @Override
    public String fix() {
      return "Wait for the blocking session or end it, then run the command again.";
    }
  }

  /// A script begins or ends a transaction by itself.
  record TransactionControl(StoreId store, String at, String statement)
      implements StoreChangeProblem {
    @Override
    public String code() {
      return "transaction-control";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.BAD_REQUEST;
    }

    @Override
    public String what() {
      return "Migration " + at + " contains '" + statement + "'; not run on store " + store;
    }

    @Override
    public String why() {
      return "A script that ends the transaction around it could be half done, and its row in the"
          + " history with it.";
    }

    @Override
    public String fix() {
      return "Remove the statement. A script that must not run in one transaction says"
          + " `executeInTransaction=false` in its configuration file and runs statement by"
          + " statement.";
    }
  }

  /// What a migration should have left is not there.
  record UnmetExpectation(StoreId store, String at, String expectation)
      implements StoreChangeProblem {
    @Override
    public String code() {
      return "unmet-expectation";
    }

    @Override
    public String what() {
      return "After migration " + at + " store " + store + " is not as expected: " + expectation;
    }

    @Override
    public String why() {
      return "All statements ran, but the catalog does not show what they should have done: an"
          + " object of that name was there before and `IF NOT EXISTS` passed over it, or it was"
          + " made in another schema. The transaction was rolled back.";
    }

    @Override
    public String fix() {
      return "Compare the store with one where the migration worked (`tranche schema drift`),"
          + " correct it, then run the command again.";
    }
  }

  /// A script stopped halfway, and now its text is another one.
  record HalfwayDiffers(StoreId store, String found, String wanted) implements StoreChangeProblem {
    @Override
    public String code() {
      return "halfway-differs";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "In store " + store + " " + found + " stopped halfway; now " + wanted + " should run";
    }

    @Override
    public String why() {
      return "The statements that ran were those of another text, so nobody knows which of the new"
          + " text are still to run.";
    }

    @Override
    public String fix() {
      return "Restore the script as it was and run the command again; put the correction into a new"
          + " migration.";
    }
  }

  /// The role may not do what is needed.
  ///
  /// @param statement what somebody with more rights has to run
  record RightsMissing(String where, String message, String statement)
      implements StoreChangeProblem {
    @Override
    public String code() {
      return "rights-missing";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "The role that migrates lacks rights in " + where + ": " + message;
    }

    @Override
    public String why() {
      return "Tranche keeps histories in schema `tranche` of each database and changes schemas with"
          + " the rights of this role.";
    }

    @Override
    public String fix() {
      return "Run `" + statement + "` as the owner of the database, or migrate with another role.";
    }
  }

  /// Nothing is known that would take a migration back.
  record UndoNotKept(StoreId store, String migration, String reason) implements StoreChangeProblem {
    @Override
    public String code() {
      return "undo-not-kept";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "Migration " + migration + " of store " + store + " cannot be taken back: " + reason;
    }

    @Override
    public String why() {
      return "Only what the store's history keeps is used to undo, because that is what belongs to"
          + " what was run.";
    }

    @Override
    public String fix() {
      return "Write a new migration that takes the change back and apply it.";
    }
  }
}
