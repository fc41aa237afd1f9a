package tranche.app.schema;

import java.util.List;
import java.util.stream.Collectors;
import tranche.api.schema.ReferenceJson;
import tranche.api.schema.SchemaPlanJson.RehearsalJson;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with a schema command.
public sealed interface SchemaProblem extends Problem {
  @Override
  default ProblemKind kind() {
    return ProblemKind.BAD_REQUEST;
  }

  /// The last run failed on a store.
  ///
  /// @param failure what it wrote down there
  record LastRunFailed(String failure) implements SchemaProblem {
    @Override
    public String code() {
      return "last-run-failed";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.FAILED;
    }

    @Override
    public String what() {
      return failure;
    }

    @Override
    public String why() {
      return "The last run failed on this store and left it at the version that it has.";
    }

    @Override
    public String fix() {
      return "Put right what it says, then run `tranche schema apply` again.";
    }
  }

  /// The folder of migrations is not there.
  record NoMigrations(String folder) implements SchemaProblem {
    @Override
    public String code() {
      return "no-migrations";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.NOT_FOUND;
    }

    @Override
    public String what() {
      return "There is no folder of migrations at " + folder;
    }

    @Override
    public String why() {
      return "Without one it is not known what stores should be brought to.";
    }

    @Override
    public String fix() {
      return "Name it with --migrations DIR or under `schema: {migrations: DIR}` in tranche.yaml,"
          + " or begin one with `tranche schema new 'create issues'`.";
    }
  }

  /// An option has a value that it cannot have.
  record OptionNotUnderstood(String option, String value, String expected)
      implements SchemaProblem {
    @Override
    public String code() {
      return "option-not-understood";
    }

    @Override
    public String what() {
      return option + " '" + value + "' is not understood; expected " + expected;
    }

    @Override
    public String why() {
      return "A value that was guessed at could do more than you mean. Nothing was done.";
    }

    @Override
    public String fix() {
      return "Correct "
          + option
          + "; `tranche schema --help` and the help of each command say what"
          + " it takes.";
    }
  }

  /// A file cannot be written.
  record FileNotWritten(String file, String reason) implements SchemaProblem {
    @Override
    public String code() {
      return "file-not-written";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "File " + file + " cannot be written: " + reason;
    }

    @Override
    public String why() {
      return "A file that is there is never written over.";
    }

    @Override
    public String fix() {
      return "Remove or rename it if it is in the way, or make its folder writable.";
    }
  }

  /// Trying migrations and their undo on a copy went wrong.
  record RehearsalFailed(String what) implements SchemaProblem {
    static RehearsalFailed of(List<RehearsalJson> rehearsals) {
      return new RehearsalFailed(
          rehearsals.stream()
              .filter(r -> r.step().isPresent() && !r.outcome().equals("not-tried"))
              .findFirst()
              .map(r ->
                  "On a copy of "
                      + r.store()
                      + " migration "
                      + r.step().orElseThrow()
                      + (r.outcome().equals("not-restored")
                          ? " and its undo left another structure than before: "
                          : " could not be run and taken back: ")
                      + String.join("; ", r.details()))
              .orElse("A rehearsal failed"));
    }

    @Override
    public String code() {
      return "rehearsal-failed";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.REFUSED_BY_POLICY;
    }

    @Override
    public String why() {
      return "What does not come back on a copy does not come back on a store. No store was"
          + " changed.";
    }

    @Override
    public String fix() {
      return "Correct the migration or the script that takes it back, and look at it with `tranche"
          + " schema plan --rehearse`; or apply with --rehearse=report.";
    }
  }

  /// What a destructive migration of the shared store touches is referred to by values that are not
  /// there already.
  record ReferencesBroken(List<ReferenceJson> broken) implements SchemaProblem {
    public ReferencesBroken {
      broken = List.copyOf(broken);
    }

    @Override
    public String code() {
      return "references-broken";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.REFUSED_BY_POLICY;
    }

    @Override
    public String what() {
      return broken.stream()
          .map(r ->
              r.reference()
                  + ": "
                  + r.broken()
                  + (r.broken() == 1 ? " store has" : " stores have")
                  + " values that are not there, the first "
                  + r.brokenExamples().getFirst().store())
          .collect(Collectors.joining("; "));
    }

    @Override
    public String why() {
      return "The run would take rows or columns from the table that they refer to, and afterwards"
          + " nobody could tell which values it has broken. No store was changed.";
    }

    @Override
    public String fix() {
      return "Correct those values, or the declaration in schema.references of tranche.yaml, then"
          + " run the command again.";
    }
  }

  /// It is not said how much is to be taken back.
  ///
  /// @param given how many of the options that say it were there
  record RevertWithoutScope(int given) implements SchemaProblem {
    @Override
    public String code() {
      return "revert-without-scope";
    }

    @Override
    public String what() {
      return given == 0
          ? "It is not said how much is to be taken back"
          : "It is said in several ways how much is to be taken back";
    }

    @Override
    public String why() {
      return "Taking back more than is meant loses work.";
    }

    @Override
    public String fix() {
      return "Give exactly one of --to VERSION (which stays), --last N, or --run ID (everything"
          + " that this run applied).";
    }
  }
}
