package tranche.config.release;

import java.nio.file.Path;
import tranche.config.problem.Where;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with a release folder beside its `release.yaml`.
public sealed interface ReleaseFolderProblem extends Problem {
  @Override
  default ProblemKind kind() {
    return ProblemKind.BAD_REQUEST;
  }

  /// A pattern that no file matches.
  record ArtifactMissing(Where where, String pattern, Path folder) implements ReleaseFolderProblem {
    @Override
    public String code() {
      return "artifact-missing";
    }

    @Override
    public String what() {
      return where + ": no file in " + folder + " matches '" + pattern + "'";
    }

    @Override
    public String why() {
      return "The release would be created without a part that it needs to run.";
    }

    @Override
    public String fix() {
      return "Build the application first, or correct the pattern under artifact.process.files.";
    }
  }

  /// A path that leaves the release folder.
  record PathOutside(Where where, String path) implements ReleaseFolderProblem {
    @Override
    public String code() {
      return "path-outside-release";
    }

    @Override
    public String what() {
      return where + ": '" + path + "' leads out of the release folder";
    }

    @Override
    public String why() {
      return "A release is what its folder holds; something outside could change without anybody"
          + " noticing.";
    }

    @Override
    public String fix() {
      return "Put the file into the release folder and name it by a relative path without '..'; a"
          + " symbolic link must stay inside too.";
    }
  }

  /// A file among the migrations whose name says no version.
  record MigrationName(Path file) implements ReleaseFolderProblem {
    @Override
    public String code() {
      return "migration-name";
    }

    @Override
    public String what() {
      return "File " + file + " is not named like a migration";
    }

    @Override
    public String why() {
      return "A file that is not understood would not be run, and nobody would notice.";
    }

    @Override
    public String fix() {
      return "Name it V<version>__<description>.sql, for instance V4__add_priority.sql,"
          + " V4.1__add_priority.sql or V4_1__add_priority.sql, or move it out of the"
          + " folder.";
    }
  }

  /// Two files with one version.
  record DuplicateMigration(String version, Path first, Path second)
      implements ReleaseFolderProblem {
    @Override
    public String code() {
      return "duplicate-migration";
    }

    @Override
    public String what() {
      return "Migrations " + first + " and " + second + " have the same version " + version;
    }

    @Override
    public String why() {
      return "The order in which they run would be a guess.";
    }

    @Override
    public String fix() {
      return "Give one of them the next free version.";
    }
  }

  /// A header comment that is not understood.
  record MigrationHeader(Path file, String header) implements ReleaseFolderProblem {
    @Override
    public String code() {
      return "migration-header";
    }

    @Override
    public String what() {
      return "Migration " + file + " begins with a header that is not understood: " + header;
    }

    @Override
    public String why() {
      return "The header decides when the migration runs; a guess could remove something that is"
          + " still in use.";
    }

    @Override
    public String fix() {
      return "Write `-- tranche: phase=expand`, `-- tranche: phase=backfill`, `-- tranche:"
          + " phase=backfill batch=1000` (1 to 1000000) or `-- tranche: phase=contract` as"
          + " the first line.";
    }
  }

  /// A migration that may remove something and does not say so.
  record MigrationPhaseMissing(Path file, String word) implements ReleaseFolderProblem {
    @Override
    public String code() {
      return "migration-phase-missing";
    }

    @Override
    public String what() {
      return "Migration " + file + " contains " + word + " and has no phase";
    }

    @Override
    public String why() {
      return "Without a header a migration counts as expand and runs while the release before is"
          + " still serving; what removes or narrows something must wait until nothing needs"
          + " it.";
    }

    @Override
    public String fix() {
      return "Write `-- tranche: phase=contract` as its first line if it removes what the release"
          + " before uses, or `-- tranche: phase=expand` or `phase=backfill` if that release"
          + " does not notice.";
    }
  }

  /// A schema version that is not where the migrations lead.
  record SchemaVersionMismatch(Where where, String declared, String highest)
      implements ReleaseFolderProblem {
    @Override
    public String code() {
      return "schema-version-mismatch";
    }

    @Override
    public String what() {
      return where + ": schema.version is " + declared + ", the highest migration is " + highest;
    }

    @Override
    public String why() {
      return "After the release a store would be at another version than the one that is promised.";
    }

    @Override
    public String fix() {
      return "Set schema.version to " + highest + ", or add the migration that is missing.";
    }
  }
}
