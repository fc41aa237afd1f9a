package tranche.core.fleet;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with a fleet as declared.
public sealed interface FleetProblem extends Problem {
  /// Two declarations of one tenant.
  record DuplicateTenant(TenantId tenant) implements FleetProblem {
    @Override
    public String code() {
      return "duplicate-tenant";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.BAD_REQUEST;
    }

    @Override
    public String what() {
      return "Tenant " + tenant + " is declared twice";
    }

    @Override
    public String why() {
      return "Each tenant has one placement; with two, a change could run in the wrong store.";
    }

    @Override
    public String fix() {
      return "Remove one of the two declarations, or give the second tenant an id of its own.";
    }
  }

  /// A tenant for which no cell or store is known.
  record TenantWithoutPlacement(TenantId tenant, String missing) implements FleetProblem {
    @Override
    public String code() {
      return "tenant-without-placement";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.BAD_REQUEST;
    }

    @Override
    public String what() {
      return "Tenant " + tenant + " has no complete placement: " + missing;
    }

    @Override
    public String why() {
      return "A tenant can only be moved when its cell and all its stores are known.";
    }

    @Override
    public String fix() {
      return "Declare the cell and the placement of its tier in tranche.yaml, or correct the tier"
          + " or region of the tenant.";
    }
  }

  /// A tenant that is asked for and not there.
  record UnknownTenant(String tenant) implements FleetProblem {
    @Override
    public String code() {
      return "unknown-tenant";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.NOT_FOUND;
    }

    @Override
    public String what() {
      return "There is no tenant " + tenant;
    }

    @Override
    public String why() {
      return "The fleet as last read does not contain it.";
    }

    @Override
    public String fix() {
      return "Run `tranche tenant list` to see the ids, or add the tenant to its source and"
          + " restart.";
    }
  }
}
