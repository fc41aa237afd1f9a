package tranche.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import tranche.core.problem.ProblemException;

/// Where things are below the folder of one embedded server.
///
/// @param folder absolute and free of links, because PostgreSQL reports its data folder that way
///   and an orphan is recognised by it
record Layout(Path folder) {
  static final String BINARIES_VERSION = "18.6.0";
  static final String MAJOR_VERSION = "18";

  /// Creates the folder for its owner only and makes sure that files can be created in it.
  static Layout prepared(Path wanted) {
    requireHarmless(wanted.toAbsolutePath());
    try {
      boolean isNew = !Files.exists(wanted);
      Files.createDirectories(wanted.toAbsolutePath());
      var layout = new Layout(wanted.toRealPath());
      requireHarmless(layout.folder);
      if (isNew) {
        Files.setPosixFilePermissions(layout.folder, PosixFilePermissions.fromString("rwx------"));
      }
      Files.delete(Files.createTempFile(layout.folder, "probe", ".tmp"));
      Files.createDirectories(layout.log());
      return layout;
    } catch (IOException | UnsupportedOperationException e) {
      var problem = new EmbeddedProblem.FolderUnusable(wanted, String.valueOf(e.getMessage()));
      throw new ProblemException(problem, e);
    }
  }

  /// initdb runs the server through a shell, with the path in double quotes and nothing escaped.
  /// What has a meaning there would be carried out.
  private static void requireHarmless(Path path) {
    if (path.toString()
        .chars()
        .anyMatch(c -> "\"$`\\".indexOf(c) >= 0 || Character.isISOControl(c))) {
      var reason = "its path contains one of \" $ ` \\ or a control character";
      throw new ProblemException(new EmbeddedProblem.FolderUnusable(path, reason));
    }
  }

  Path binaries() {
    return folder.resolve("bin-" + BINARIES_VERSION);
  }

  Path program(String name) {
    return binaries().resolve("bin").resolve(name);
  }

  Path data() {
    return folder.resolve("data");
  }

  Path pidFile() {
    return data().resolve("postmaster.pid");
  }

  Path parameters() {
    return folder.resolve("parameters.conf");
  }

  Path password() {
    return folder.resolve("password");
  }

  Path port() {
    return folder.resolve("port");
  }

  Path lock() {
    return folder.resolve("start.lock");
  }

  Path log() {
    return folder.resolve("log");
  }

  /// What initdb or the server says before the server's own log is open.
  Path consoleLog(String program) {
    return log().resolve(program + ".console.log");
  }

  boolean hasData() {
    return Files.exists(data().resolve("PG_VERSION"), LinkOption.NOFOLLOW_LINKS);
  }
}
