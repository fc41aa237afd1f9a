package tranche.core.rollout;

import tranche.core.fleet.StoreId;
import tranche.core.fleet.TenantId;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;
import tranche.core.release.ReleaseId;
import tranche.core.release.SchemaRange;
import tranche.core.release.SchemaVersion;

/// What can go wrong with planning and carrying out a rollout.
public sealed interface RolloutProblem extends Problem {
  /// A release would serve a schema that it does not say it can read (I1).
  record ReleaseCannotReadSchema(
      ReleaseId release, SchemaRange reads, StoreId store, SchemaVersion version, String when)
      implements RolloutProblem {
    @Override
    public String code() {
      return "release-cannot-read-schema";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.REFUSED_BY_POLICY;
    }

    @Override
    public String what() {
      return "Release "
          + release
          + " reads schema "
          + reads
          + ", but store "
          + store
          + " would be at "
          + version
          + " "
          + when;
    }

    @Override
    public String why() {
      return "While tenants move, both releases and each schema version on the way meet; one that"
          + " was not declared to be readable would fail or lose data.";
    }

    @Override
    public String fix() {
      return "Ship the change in smaller releases (expand first, contract later), or correct"
          + " `schema.reads` in release.yaml if the code really reads that version.";
    }
  }

  /// A release has a migration that is not a contract behind one that is.
  record ContractNotLast(ReleaseId release, SchemaVersion contract, SchemaVersion later)
      implements RolloutProblem {
    @Override
    public String code() {
      return "contract-not-last";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.REFUSED_BY_POLICY;
    }

    @Override
    public String what() {
      return "Release "
          + release
          + " has contract migration "
          + contract
          + " before migration "
          + later;
    }

    @Override
    public String why() {
      return "Contract runs after the last tenant has moved; what comes after it could not be"
          + " prepared before the first one moves.";
    }

    @Override
    public String fix() {
      return "Give the contract migration the highest version, or move what follows it into the"
          + " next release.";
    }
  }

  /// A store is at a version that the release does not contain.
  record SchemaVersionUnknown(ReleaseId release, StoreId store, SchemaVersion version)
      implements RolloutProblem {
    @Override
    public String code() {
      return "schema-version-unknown";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.REFUSED_BY_POLICY;
    }

    @Override
    public String what() {
      return "Store "
          + store
          + " is at version "
          + version
          + ", which release "
          + release
          + " has no migration for";
    }

    @Override
    public String why() {
      return "A release carries all migrations from the empty store on; with one missing nobody can"
          + " say what the store would look like.";
    }

    @Override
    public String fix() {
      return "Put all earlier migration files, unchanged, into the migrations folder of the"
          + " release.";
    }
  }

  /// More than two releases would run side by side in a cell.
  record TooMuchSkew(String cell, String releases) implements RolloutProblem {
    @Override
    public String code() {
      return "too-much-skew";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.REFUSED_BY_POLICY;
    }

    @Override
    public String what() {
      return "Cell " + cell + " would run more than two releases side by side: " + releases;
    }

    @Override
    public String why() {
      return "Only a release and its predecessor are known to live with each other's schema.";
    }

    @Override
    public String fix() {
      return "First bring the tenants that stayed behind to the newer of the two releases:"
          + " `tranche plan --to RELEASE`.";
    }
  }

  /// There is nobody to move.
  record NothingToMove(ReleaseId to) implements RolloutProblem {
    @Override
    public String code() {
      return "nothing-to-move";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "No tenant can move to " + to;
    }

    @Override
    public String why() {
      return "Every selected tenant is on it already, is held or is suspended.";
    }

    @Override
    public String fix() {
      return "Run `tranche tenant list` to see the release and state of each tenant.";
    }
  }

  /// A tenant is selected by no tranche.
  record TenantInNoTranche(TenantId tenant, String tier) implements RolloutProblem {
    @Override
    public String code() {
      return "tenant-in-no-tranche";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.BAD_REQUEST;
    }

    @Override
    public String what() {
      return "Tenant " + tenant + " of tier " + tier + " is selected by no tranche";
    }

    @Override
    public String why() {
      return "The ladder must say for each tenant when it moves; one that is forgotten would stay"
          + " behind unnoticed.";
    }

    @Override
    public String fix() {
      return "Add a tranche for tier " + tier + " under `tranches` in tranche.yaml.";
    }
  }

  /// The judge found the candidate worse than allowed.
  record TrancheGotWorse(String tranche, String evidence) implements RolloutProblem {
    @Override
    public String code() {
      return "tranche-got-worse";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.FAILED;
    }

    @Override
    public String what() {
      return "Tranche " + tranche + " got worse: " + evidence;
    }

    @Override
    public String why() {
      return "The candidate answered with more errors than its gate allows.";
    }

    @Override
    public String fix() {
      return "Look at `tranche rollout explain`, ship a corrected release and start a rollout to"
          + " it; `tranche rollout revert --all --reason ...` takes back what has moved, if"
          + " policy has not done so.";
    }
  }

  /// Too many tenants of a tier failed.
  record FailureBudgetSpent(String tier, int failed, int allowed, String lastCause)
      implements RolloutProblem {
    @Override
    public String code() {
      return "failure-budget-spent";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.FAILED;
    }

    @Override
    public String what() {
      return failed
          + " tenants of tier "
          + tier
          + " failed, "
          + allowed
          + " may; the last one: "
          + lastCause;
    }

    @Override
    public String why() {
      return "So many failures have a common cause; going on would spread it.";
    }

    @Override
    public String fix() {
      return "Run `tranche rollout explain` for the causes, remove them, then `tranche rollout"
          + " retry`.";
    }
  }

  /// A step that belongs to no single tenant failed for good.
  record StepGaveUp(String step, String cause) implements RolloutProblem {
    @Override
    public String code() {
      return "step-gave-up";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "Step " + step + " could not be performed: " + cause;
    }

    @Override
    public String why() {
      return "It was tried several times, or trying again could not help.";
    }

    @Override
    public String fix() {
      return "Remove the cause, then run `tranche rollout retry`.";
    }
  }

  /// A revert would need a schema shape that is gone (I2).
  record PointOfNoReturn(int tenants, StoreId store) implements RolloutProblem {
    @Override
    public String code() {
      return "point-of-no-return";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.REFUSED_BY_POLICY;
    }

    @Override
    public String what() {
      return "Contract has begun on store "
          + store
          + "; "
          + tenants
          + (tenants == 1 ? " tenant" : " tenants")
          + " cannot go back any more";
    }

    @Override
    public String why() {
      return "The release before reads a shape that contract removes.";
    }

    @Override
    public String fix() {
      return "Roll forward: ship a corrected release and run `tranche plan --to RELEASE`.";
    }
  }
}
