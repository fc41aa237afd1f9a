package tranche.postgres.structure;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can go wrong when the structure of a store is read, copied or rehearsed.
public sealed interface StructureProblem extends Problem {
  /// A schema whose structure is asked for does not exist.
  record SchemaMissing(String schema) implements StructureProblem {
    @Override
    public String code() {
      return "structure-schema-missing";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.NOT_FOUND;
    }

    @Override
    public String what() {
      return "There is no schema '" + schema + "' in the database";
    }

    @Override
    public String why() {
      return "It was dropped or renamed, or the connection leads to another database.";
    }

    @Override
    public String fix() {
      return "Correct the name of the schema or of the database, or create the store first.";
    }
  }

  /// The role may not use the schema.
  record SchemaNotReadable(String schema) implements StructureProblem {
    @Override
    public String code() {
      return "structure-not-readable";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "The structure of schema '" + schema + "' cannot be read";
    }

    @Override
    public String why() {
      return "The role that Tranche signs in with has no USAGE on the schema, and without it the"
          + " server writes other definitions.";
    }

    @Override
    public String fix() {
      return "Grant the role USAGE on the schema, or sign in as the role that owns it.";
    }
  }
}
