package tranche.config.migration;

import java.nio.file.Path;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with one script of a folder.
public sealed interface ScriptProblem extends Problem {
  @Override
  default ProblemKind kind() {
    return ProblemKind.BAD_REQUEST;
  }

  /// A header comment that is not understood.
  record MigrationHeader(Path file, String header) implements ScriptProblem {
    @Override
    public String code() {
      return "migration-header";
    }

    @Override
    public String what() {
      return "Migration " + file + " has a header that is not understood: " + header;
    }

    @Override
    public String why() {
      return "The header decides when the migration runs; a guess could remove something that is"
          + " still in use.";
    }

    @Override
    public String fix() {
      return "Write `-- tranche: phase=expand`, `-- tranche: phase=backfill`, `-- tranche:"
          + " phase=backfill batch=1000` (1 to 1000000), `-- tranche: phase=contract`, `--"
          + " tranche: requires=shared@12` or `-- tranche: allow=rule`, each key once, in"
          + " lines of their own before the first statement.";
    }
  }

  /// Folder and header state two phases.
  record PhaseContradiction(Path file, String folder, String phase) implements ScriptProblem {
    @Override
    public String code() {
      return "phase-contradiction";
    }

    @Override
    public String what() {
      return "Migration " + file + " is in a folder " + folder + " and also has the phase " + phase;
    }

    @Override
    public String why() {
      return "The phase decides when it runs: before all tenants move, meanwhile, or after.";
    }

    @Override
    public String fix() {
      return "Move the file into a folder "
          + phase
          + ", or correct its header; one of the two is enough.";
    }
  }

  /// A placeholder without a value.
  record UnresolvedPlaceholder(Path file, int line, String placeholder) implements ScriptProblem {
    @Override
    public String code() {
      return "placeholder-unresolved";
    }

    @Override
    public String what() {
      return "Line "
          + line
          + " of "
          + file
          + " has the placeholder "
          + placeholder
          + ", which has no value";
    }

    @Override
    public String why() {
      return "Without one the database would get the placeholder itself.";
    }

    @Override
    public String fix() {
      return "Give it a value, as an argument or under flyway.placeholders in the Flyway"
          + " configuration; if it is no placeholder, write placeholderReplacement=false"
          + " into "
          + file.getFileName()
          + ".conf.";
    }
  }

  /// A placeholder that is something else each time.
  record PlaceholderNotReproducible(Path file, int line, String placeholder, String reason)
      implements ScriptProblem {
    @Override
    public String code() {
      return "placeholder-not-reproducible";
    }

    @Override
    public String what() {
      return "Line " + line + " of " + file + " uses " + placeholder + ", whose value " + reason;
    }

    @Override
    public String why() {
      return "Every store must get the same text, also tomorrow and from another machine; the"
          + " checksum of a repeatable migration would change at each run.";
    }

    @Override
    public String fix() {
      return "Use what the database knows (now(), current_setting), or give "
          + placeholder
          + " a fixed value.";
    }
  }

  /// A script configuration that cannot be followed.
  record ScriptConfigRefused(Path file, String entry, String reason) implements ScriptProblem {
    @Override
    public String code() {
      return "script-config-refused";
    }

    @Override
    public String what() {
      return "Script configuration " + file + " says: " + entry;
    }

    @Override
    public String why() {
      return reason;
    }

    @Override
    public String fix() {
      return "Remove the line; known are executeInTransaction=true or false,"
          + " placeholderReplacement=true or false, encoding=UTF-8 and shouldExecute=true.";
    }
  }
}
