package tranche.postgres.fleet;

import tranche.core.fleet.DatabaseId;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can go wrong with reading tenants from a database.
public sealed interface TenantQueryProblem extends Problem {
  /// The query failed or gave too much.
  record Failed(DatabaseId database, String message) implements TenantQueryProblem {
    @Override
    public String code() {
      return "tenant-query-failed";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "The query for tenants failed on database " + database + ": " + message;
    }

    @Override
    public String why() {
      return "The list of tenants is read from there, and the fleet is not known without it.";
    }

    @Override
    public String fix() {
      return "Run the query of `tenants.sql` in tranche.yaml by hand on that database and correct"
          + " it.";
    }
  }
}
