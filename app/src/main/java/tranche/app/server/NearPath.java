package tranche.app.server;

import java.nio.file.Path;

/// Paths as people type them: below the current folder relative to it, else absolute.
public final class NearPath {
  private NearPath() {}

  /// The path in the shorter form that means the same from the current folder.
  public static Path of(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here) && !absolute.equals(here)
        ? here.relativize(absolute)
        : absolute;
  }
}
