package issuetracker.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The release folders beside this module.
final class Releases {
  static final String V1 = "2026.10/migrations/V1__base.sql";
  static final String V2 = "2026.11/migrations/V2__issue_priority_v2.sql";
  static final String V3 = "2026.11/migrations/V3__backfill_priority_v2.sql";
  static final String V4 = "2026.11/migrations/V4__drop_issue_priority_text.sql";
  static final String PREFLIGHT = "2026.11/preflight/priority_is_known.sql";

  private static final Path FOLDER = Path.of("..", "releases").toAbsolutePath().normalize();

  private Releases() {}

  static String read(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path jar(String release) {
    return FOLDER.resolve(release).resolve("target").resolve("issue-tracker.jar");
  }

  static Path loadJar() {
    return FOLDER.resolveSibling("load").resolve("target").resolve("issue-tracker-load.jar");
  }
}
