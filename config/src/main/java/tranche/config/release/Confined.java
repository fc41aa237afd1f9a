package tranche.config.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tranche.config.files.FilePattern;
import tranche.config.files.TextFile;
import tranche.config.problem.Where;
import tranche.config.yaml.YamlValue;
import tranche.core.problem.ProblemException;

/// Finds files by paths that must not leave a folder. `folder` is the real path of it.
record Confined(Path folder) {
  /// How large all files of an artifact may be together.
  static final long MAX_TOTAL = 8L * 1024 * 1024 * 1024;

  /// The folder at a path.
  ///
  /// @throws ProblemException if there is none
  static Confined at(Path folder) {
    try {
      return new Confined(folder.toRealPath());
    } catch (IOException e) {
      throw TextFile.unreadable(folder, e);
    }
  }

  /// The path that a value names; it need not exist.
  Path path(YamlValue value) {
    String text = value.text();
    boolean isInside = !text.startsWith("/") && !List.of(text.split("[/\\\\]", -1)).contains("..");
    if (!isInside || Path.of(text).isAbsolute()) {
      throw outside(value.where(), text);
    }
    Path path = folder.resolve(text);
    if (Files.exists(path)) {
      requireInside(path, value.where());
    }
    return path;
  }

  /// The regular files that a value names as a pattern, sorted by path.
  List<Path> files(YamlValue value) {
    path(value);
    List<Path> files = FilePattern.expand(folder, value.text());
    files.forEach(file -> requireInside(file, value.where()));
    return files;
  }

  /// Refuses a path whose real place, all links followed, is not in the folder.
  void requireInside(Path path, Where where) {
    try {
      if (!path.toRealPath().startsWith(folder)) {
        throw outside(where, folder.relativize(path).toString());
      }
    } catch (IOException e) {
      throw TextFile.unreadable(path, e);
    }
  }

  private static ProblemException outside(Where where, String path) {
    return new ReleaseFolderProblem.PathOutside(where, path).exception();
  }
}
