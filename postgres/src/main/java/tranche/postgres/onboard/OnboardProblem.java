package tranche.postgres.onboard;

import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// Why the store of a new tenant cannot be made.
public sealed interface OnboardProblem extends Problem {
  @Override
  default ProblemKind kind() {
    return ProblemKind.CONFLICT;
  }

  /// Something is in the place already.
  record PlaceInUse(String tenant, StoreId store, String contents) implements OnboardProblem {
    @Override
    public String code() {
      return "store-in-use";
    }

    @Override
    public String what() {
      return "The store of tenant " + tenant + " would be " + store + ", which has " + contents;
    }

    @Override
    public String why() {
      return "A new tenant begins with an empty store: what is there may be data of somebody else,"
          + " for instance of a former tenant of that id. Nothing was changed.";
    }

    @Override
    public String fix() {
      return "Give the tenant another id. If the contents are not needed, move or drop them"
          + " yourself, then run the same command again; if they are this tenant's, add it to the"
          + " list of tenants instead and run `tranche schema adopt --tenant "
          + tenant
          + "`.";
    }
  }

  /// Another call makes the same store now.
  record InProgress(String tenant, StoreId store, String who) implements OnboardProblem {
    @Override
    public String code() {
      return "onboarding-in-progress";
    }

    @Override
    public String what() {
      return "Store " + store + " of tenant " + tenant + " is being made by " + who;
    }

    @Override
    public String why() {
      return "One call at a time makes a store. This one has changed nothing.";
    }

    @Override
    public String fix() {
      return "Wait for the other one. If it was stopped or lost its connection, run the same"
          + " command again: it goes on where the other one ended.";
    }
  }

  /// The database is not there and must not be created.
  record DatabaseMissing(DatabaseId database, String address) implements OnboardProblem {
    @Override
    public String code() {
      return "tenant-database-missing";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "Database " + database + " (" + address + ") is not there";
    }

    @Override
    public String why() {
      return "Its declaration does not let Tranche create it: `create` is false, as it is for a"
          + " server of your own unless you say otherwise. Nothing was changed.";
    }

    @Override
    public String fix() {
      return "Create the database, owned by its `user`, or write `create: true` under `databases: "
          + "{\""
          + database
          + "\": ...}` in tranche.yaml; then run the same command again.";
    }
  }

  /// The schema is somebody else's.
  record NotOwned(StoreId store, String owner, String admin) implements OnboardProblem {
    @Override
    public String code() {
      return "store-not-owned";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "Schema " + store + " belongs to role " + owner + ", not to " + admin;
    }

    @Override
    public String why() {
      return "Whoever migrates a store owns it; otherwise migrations fail halfway for want of"
          + " rights. Nothing was changed.";
    }

    @Override
    public String fix() {
      return "Run ALTER SCHEMA \""
          + store.schema()
          + "\" OWNER TO \""
          + admin
          + "\" in database "
          + store.database()
          + ", or drop the empty schema; then run the same command again.";
    }
  }
}
