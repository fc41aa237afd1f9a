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

  /// No scratch schema could be made.
  record ScratchNotCreated(String reason) implements StructureProblem {
    @Override
    public String code() {
      return "scratch-not-created";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "No scratch schema could be made in the database: " + reason;
    }

    @Override
    public String why() {
      return "Changes are tried on a scratch schema beside the stores, so the role needs CREATE on"
          + " the database.";
    }

    @Override
    public String fix() {
      return "Grant the role CREATE on the database, or remove what the message names.";
    }
  }

  /// A scratch schema could not be dropped.
  record ScratchNotDropped(String schema, String reason) implements StructureProblem {
    @Override
    public String code() {
      return "scratch-not-dropped";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "The scratch schema '" + schema + "' is still there: " + reason;
    }

    @Override
    public String why() {
      return "It could not be dropped, most often because a table that it refers to was locked.";
    }

    @Override
    public String fix() {
      return "Nothing needs to be done: the next run drops it. To drop it now, run `DROP SCHEMA "
          + schema
          + " CASCADE`.";
    }
  }

  /// A statement failed where it was tried out.
  record StatementFailed(String step, String reason) implements StructureProblem {
    @Override
    public String code() {
      return "rehearsed-statement-failed";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.FAILED;
    }

    @Override
    public String what() {
      return "A statement of " + step + " failed on a scratch schema: " + reason;
    }

    @Override
    public String why() {
      return "The schema has the structure of the store and no rows, so the same statement would"
          + " most likely fail on the store.";
    }

    @Override
    public String fix() {
      return "Correct the statement, then rehearse again.";
    }
  }

  /// A statement that was tried out changed something outside of its scratch schema.
  record ReachesOutside(String step, String object) implements StructureProblem {
    @Override
    public String code() {
      return "rehearsed-statement-reaches-outside";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.REFUSED_BY_POLICY;
    }

    @Override
    public String what() {
      return step + " changes " + object + ", which is outside of its store";
    }

    @Override
    public String why() {
      return "It ran on a scratch schema, and what it changed elsewhere would have stayed. It was"
          + " taken back.";
    }

    @Override
    public String fix() {
      return "Name nothing outside of the store in a migration of the store, and leave schema names"
          + " out; move changes of shared objects to a migration of the shared store.";
    }
  }

  /// The schema that a clone should become exists.
  record CloneTargetExists(String schema) implements StructureProblem {
    @Override
    public String code() {
      return "clone-target-exists";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "The schema '" + schema + "' exists already";
    }

    @Override
    public String why() {
      return "A clone is made from nothing, so that it holds what its template holds and no more.";
    }

    @Override
    public String fix() {
      return "Choose another name, or drop the schema if nothing in it is needed.";
    }
  }

  /// A schema could not be cloned completely.
  record CloneIncomplete(String source, String target, String reason) implements StructureProblem {
    @Override
    public String code() {
      return "clone-incomplete";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.FAILED;
    }

    @Override
    public String what() {
      return "Schema '" + target + "' could not be made from '" + source + "': " + reason;
    }

    @Override
    public String why() {
      return "A new store must have all that its template has; what was made was taken back.";
    }

    @Override
    public String fix() {
      return "Remove from the template what cannot be copied, or create the store by its"
          + " migrations.";
    }
  }
}
