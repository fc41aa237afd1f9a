package tranche.config.fleet;

import tranche.core.fleet.CellId;
import tranche.core.fleet.TenantId;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with the places that templates and tenants lead to.
public sealed interface PlacementProblem extends Problem {
  @Override
  default ProblemKind kind() {
    return ProblemKind.BAD_REQUEST;
  }

  /// Two that must be apart would be in one place.
  record StoreCollision(String first, String second, String place) implements PlacementProblem {
    @Override
    public String code() {
      return "store-collision";
    }

    @Override
    public String what() {
      return first + " and " + second + " would both use " + place;
    }

    @Override
    public String why() {
      return "What belongs to one tenant alone must not be shared: a change, a backup or a revert"
          + " of one would hit the other. In names of schemas and databases '-' becomes '_',"
          + " so ids that differ only there meet.";
    }

    @Override
    public String fix() {
      return "Put {tenant} into the schema or database name of the tier, or give one of the two"
          + " another id.";
    }
  }

  /// A name that PostgreSQL or Tranche would have to cut.
  record NameTooLong(TenantId tenant, String part, String name, int limit)
      implements PlacementProblem {
    @Override
    public String code() {
      return "name-too-long";
    }

    @Override
    public String what() {
      return "The "
          + part
          + " of tenant "
          + tenant
          + " would be '"
          + name
          + "', longer than "
          + limit
          + " bytes";
    }

    @Override
    public String why() {
      return "PostgreSQL cuts longer names silently, and two tenants could become one.";
    }

    @Override
    public String fix() {
      return "Shorten the literal part of the "
          + part
          + " name in tranche.yaml, or give the tenant a shorter id.";
    }
  }

  /// A name that cannot be used without quoting or is reserved.
  record NameNotAllowed(TenantId tenant, String part, String name) implements PlacementProblem {
    @Override
    public String code() {
      return "name-not-allowed";
    }

    @Override
    public String what() {
      return "The "
          + part
          + " of tenant "
          + tenant
          + " would be '"
          + name
          + "', which cannot be used";
    }

    @Override
    public String why() {
      return "Names consist of lower-case letters, digits and '_', do not begin with a digit or"
          + " 'pg_', and are not information_schema.";
    }

    @Override
    public String fix() {
      return "Change the "
          + part
          + " name of the tier in tranche.yaml, for instance to 't_{tenant}', or the region that it"
          + " contains.";
    }
  }

  /// Two tiers describe one cell differently.
  record CellConflict(CellId cell, String first, String second) implements PlacementProblem {
    @Override
    public String code() {
      return "cell-conflict";
    }

    @Override
    public String what() {
      return "Tiers "
          + first
          + " and "
          + second
          + " both use cell "
          + cell
          + ", with different instances or sticky";
    }

    @Override
    public String why() {
      return "A cell has one number of instances and one way to keep users on an arm.";
    }

    @Override
    public String fix() {
      return "Give both tiers the same instances and sticky, or cells of their own.";
    }
  }
}
