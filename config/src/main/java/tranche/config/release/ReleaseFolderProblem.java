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

  /// A migration that a rollout cannot run.
  record MigrationNotForRollout(Path file, String role) implements ReleaseFolderProblem {
    @Override
    public String code() {
      return "migration-not-for-rollout";
    }

    @Override
    public String what() {
      return "Migration " + file + " is " + role;
    }

    @Override
    public String why() {
      return "A rollout runs migrations that have a version, each once and in one transaction; what"
          + " runs otherwise it could not account for.";
    }

    @Override
    public String fix() {
      return "Run it with `tranche schema apply` from a folder of its own, or write it as a"
          + " migration with a version that runs in a transaction.";
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
