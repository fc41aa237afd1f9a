package tranche.app.onboard;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// Why a tenant is not added. Nothing was changed when one of these is said.
public sealed interface AddProblem extends Problem {
  @Override
  default ProblemKind kind() {
    return ProblemKind.CONFLICT;
  }

  /// The id is taken.
  ///
  /// @param known what is known of the tenant: its place in the list, and how it differs
  record TenantExists(String tenant, String known) implements AddProblem {
    @Override
    public String code() {
      return "tenant-exists";
    }

    @Override
    public String what() {
      return "Tenant " + tenant + " is there already: " + known;
    }

    @Override
    public String why() {
      return "An id belongs to one tenant. A second customer under it would get the first one's"
          + " data.";
    }

    @Override
    public String fix() {
      return "Give the new tenant another id. If this is the same tenant, it was added completely"
          + " before; look at it with `tranche schema status --tenant "
          + tenant
          + "`.";
    }
  }

  /// The stores of the tier are at several versions.
  ///
  /// @param first how many are at which version, with one of them
  record TierVersionsDiffer(String tier, String first, String second) implements AddProblem {
    @Override
    public String code() {
      return "tier-versions-differ";
    }

    @Override
    public String what() {
      return "The stores of tier " + tier + " are not at one version: " + first + ", " + second;
    }

    @Override
    public String why() {
      return "A new tenant begins where its tier is, and that cannot be told now: a run over the"
          + " tier is on its way, or has ended halfway.";
    }

    @Override
    public String fix() {
      return "Bring the tier to one version with `tranche schema apply -l tier="
          + tier
          + "`, or say with --to at which version the tenant begins; the next run over the tier"
          + " takes it along.";
    }
  }

  /// Tenants of the tier run several releases.
  record TierReleasesDiffer(String tier, String first, String second) implements AddProblem {
    @Override
    public String code() {
      return "tier-releases-differ";
    }

    @Override
    public String what() {
      return "The tenants of tier " + tier + " do not run one release: " + first + ", " + second;
    }

    @Override
    public String why() {
      return "A new tenant begins with the release and the schema of its tier, and that cannot be"
          + " told now.";
    }

    @Override
    public String fix() {
      return "Bring the tier to one release first, or say with --to VERSION at which version of the"
          + " schema the tenant begins.";
    }
  }

  /// A rollout moves the tier.
  record TierIsMoving(String tier, String rollout, String release) implements AddProblem {
    @Override
    public String code() {
      return "tier-is-moving";
    }

    @Override
    public String what() {
      return "Rollout " + rollout + " moves tenants of tier " + tier + " to " + release + " now";
    }

    @Override
    public String why() {
      return "Its plan was made without the new tenant and is carried out as it is. Whether the"
          + " tier ends at "
          + release
          + " or is taken back is not known before it is over.";
    }

    @Override
    public String fix() {
      return "Wait until it is over: `tranche rollout watch "
          + rollout
          + "`. If the tenant cannot wait, say with --to VERSION at which version of the schema it"
          + " begins; `tranche plan --to "
          + release
          + "` afterwards brings it along.";
    }
  }

  /// What version the stores of the tier have is not known.
  record TierNotAdopted(String tier, String store, String found) implements AddProblem {
    @Override
    public String code() {
      return "tier-not-adopted";
    }

    @Override
    public String what() {
      return "Store " + store + " of tier " + tier + " has " + found + " and no history of Tranche";
    }

    @Override
    public String why() {
      return "A new tenant begins at the version that its tier has, and nobody knows which one that"
          + " is.";
    }

    @Override
    public String fix() {
      return "Run `tranche schema adopt -l tier="
          + tier
          + "`, or say with --to at which version the tenant begins.";
    }
  }

  /// Another tool goes on using the stores of the tier.
  record TierHasOtherTool(String tier, String store, String tool) implements AddProblem {
    @Override
    public String code() {
      return "tier-has-other-tool";
    }

    @Override
    public String what() {
      return "Store " + store + " of tier " + tier + " keeps the history of " + tool + " too";
    }

    @Override
    public String why() {
      return "The application's own "
          + tool
          + " would find a store with tables and without its history, and refuse to start. Its"
          + " table can be made for stores of the same database that a folder of migrations is run"
          + " on.";
    }

    @Override
    public String fix() {
      return "Let "
          + tool
          + " make the new store, add the tenant to the list, then run `tranche schema adopt -l"
          + " tier="
          + tier
          + "`.";
    }
  }
}
