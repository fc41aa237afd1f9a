package tranche.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// A copy of a release of the example whose migrations leave a mark each time they run: a row in
/// `migration_marker`, which has no key, so a second run would be a second row. Backfills leave
/// none, because they are meant to run again and again.
final class ReleaseCopy {
  private static final List<String> PARTS =
      List.of("release.yaml", "migrations", "preflight", "target/issue-tracker.jar", "target/lib");

  private ReleaseCopy() {}

  static Path make(String version, Path folder) throws IOException {
    Path from = Product.example().resolve("releases").resolve(version);
    for (String part : PARTS) {
      if (Files.exists(from.resolve(part))) {
        copy(from.resolve(part), folder.resolve(part));
      }
    }
    try (Stream<Path> migrations = Files.list(folder.resolve("migrations"))) {
      for (Path migration : migrations.sorted().toList()) {
        mark(migration);
      }
    }
    return folder;
  }

  private static void mark(Path migration) throws IOException {
    String version = migration.getFileName().toString().replaceFirst("V(.+?)__.*", "$1");
    if (Files.readString(migration).contains("phase=backfill")) {
      return;
    }
    String create =
        version.equals("1") ? "\nCREATE TABLE migration_marker (version text NOT NULL);" : "";
    String insert = "\nINSERT INTO migration_marker (version) VALUES ('" + version + "');\n";
    Files.writeString(migration, create + insert, StandardOpenOption.APPEND);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> copyFile(file, to.resolve(from.relativize(file).toString())));
    }
  }

  private static void copyFile(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
