package tranche.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder of migrations that grows while a benchmark runs.
///
/// @param folder absolute
public record MigrationFiles(Path folder) {
  /// Makes the folder.
  ///
  /// @throws UncheckedIOException when that is not possible
  public MigrationFiles {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Adds one migration.
  ///
  /// @throws UncheckedIOException when it cannot be written
  public void add(int version, String script) {
    try {
      Files.writeString(folder.resolve("V" + version + "__change.sql"), script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
