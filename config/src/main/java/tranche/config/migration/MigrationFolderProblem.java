package tranche.config.migration;

import java.nio.file.Path;
import java.util.List;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with a folder of migrations.
public sealed interface MigrationFolderProblem extends Problem {
  /// How many of several findings are listed.
  int LISTED = 50;

  @Override
  default ProblemKind kind() {
    return ProblemKind.BAD_REQUEST;
  }

  /// A file whose name fits no rule.
  record MigrationName(Path file, String reason) implements MigrationFolderProblem {
    @Override
    public String code() {
      return "migration-name";
    }

    @Override
    public String what() {
      return "File " + file + " is not named like a migration: " + reason;
    }

    @Override
    public String why() {
      return "A file that is not understood would not be run, and nobody would notice.";
    }

    @Override
    public String fix() {
      return "Name it V<version>__<description>.sql, for instance V4__add_priority.sql,"
          + " V4.1__add_priority.sql or V4_1__add_priority.sql, or, in a folder of pairs,"
          + " 004_add_priority.up.sql; or move it out of the folder.";
    }
  }

  /// A migration that is a program.
  record MigrationNotSql(Path file) implements MigrationFolderProblem {
    @Override
    public String code() {
      return "migration-not-sql";
    }

    @Override
    public String what() {
      return "Migration " + file + " is not SQL";
    }

    @Override
    public String why() {
      return "Only SQL can be run on thousands of stores at once, previewed and taken back; leaving"
          + " a migration out would break the chain of versions.";
    }

    @Override
    public String fix() {
      return "Write the migration as SQL under the same version, or, if all stores have run it,"
          + " begin with a baseline B<version>__<description>.sql of that version and move"
          + " the file out of the folder.";
    }
  }

  /// Two files that are the same migration.
  record DuplicateMigration(String same, Path first, Path second)
      implements MigrationFolderProblem {
    @Override
    public String code() {
      return "duplicate-migration";
    }

    @Override
    public String what() {
      return "Migrations " + first + " and " + second + " have the same " + same;
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

  /// Both formats in one folder.
  record MixedFormats(String folder, String flyway, String pair) implements MigrationFolderProblem {
    @Override
    public String code() {
      return "mixed-migration-formats";
    }

    @Override
    public String what() {
      return "Folder "
          + folder
          + " holds "
          + flyway
          + " (Flyway's naming) and "
          + pair
          + " (up and down pairs)";
    }

    @Override
    public String why() {
      return "The two formats have separate versions and rules; their common order would be a"
          + " guess.";
    }

    @Override
    public String fix() {
      return "Move the files of one format into a folder of their own, or rename them to the other"
          + " format.";
    }
  }

  /// A script that takes back what is not there.
  record DownWithoutUp(Path file, String version) implements MigrationFolderProblem {
    @Override
    public String code() {
      return "down-without-up";
    }

    @Override
    public String what() {
      return "Script "
          + file
          + " takes back version "
          + version
          + ", which the folder does not have";
    }

    @Override
    public String why() {
      return "It could never run, and the migration that belongs to it is missing or has another"
          + " version.";
    }

    @Override
    public String fix() {
      return "Add the migration of version "
          + version
          + ", correct the version in the name, or remove "
          + file.getFileName()
          + ".";
    }
  }

  /// A link that leads elsewhere.
  record PathOutside(Path folder, String name) implements MigrationFolderProblem {
    @Override
    public String code() {
      return "path-outside-folder";
    }

    @Override
    public String what() {
      return "Link " + name + " leads out of the folder " + folder;
    }

    @Override
    public String why() {
      return "What a folder of migrations holds must not depend on files that change without it.";
    }

    @Override
    public String fix() {
      return "Copy the file into the folder, or let the link lead to a place inside.";
    }
  }

  /// More than is read.
  record FolderTooLarge(Path folder, String how) implements MigrationFolderProblem {
    @Override
    public String code() {
      return "migration-folder-too-large";
    }

    @Override
    public String what() {
      return "Folder " + folder + " " + how;
    }

    @Override
    public String why() {
      return "It is probably not a folder of migrations, or holds much else.";
    }

    @Override
    public String fix() {
      return "Name the folder that holds the migrations and nothing else.";
    }
  }

  /// A kind of migration that the folder's format does not have.
  record NewMigrationRefused(String folder, String role) implements MigrationFolderProblem {
    @Override
    public String code() {
      return "new-migration-refused";
    }

    @Override
    public String what() {
      return "Folder "
          + folder
          + " holds pairs of up and down scripts, which have no "
          + role
          + " migrations";
    }

    @Override
    public String why() {
      return "The format follows from the names of the files, and pairs have names for versions"
          + " only.";
    }

    @Override
    public String fix() {
      return "Write a migration with a version, or keep "
          + role
          + " migrations in a folder in Flyway's naming.";
    }
  }

  /// More than one of them, or of what can be wrong with a file.
  record SeveralFindings(String folder, List<Problem> problems) implements MigrationFolderProblem {
    public SeveralFindings {
      problems = List.copyOf(problems);
    }

    @Override
    public String code() {
      return "migration-folder-findings";
    }

    @Override
    public String what() {
      var lines = new StringBuilder("Folder " + folder + ": " + problems.size() + " problems:");
      problems.stream()
          .limit(LISTED)
          .forEach(p ->
              lines
                  .append("\n  ")
                  .append(p.code())
                  .append(": ")
                  .append(p.what())
                  .append("\n    ")
                  .append(p.fix()));
      int more = problems.size() - LISTED;
      return more > 0 ? lines + "\n  and " + more + " more" : lines.toString();
    }

    @Override
    public String why() {
      return "Nothing is run from a folder that is only partly understood.";
    }

    @Override
    public String fix() {
      return "Correct each of them; the line below each says how.";
    }
  }
}
