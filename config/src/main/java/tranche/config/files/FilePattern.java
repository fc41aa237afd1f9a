package tranche.config.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import tranche.config.problem.ConfigProblem;

/// A path in which `*` and `?` stand for characters of one name and `**` for any number of folders.
public final class FilePattern {
  /// How many paths a pattern may lead to.
  public static final int LIMIT = 10_000;

  private FilePattern() {}

  /// The regular files below `folder` that the pattern names, sorted by path.
  ///
  /// @throws tranche.core.problem.ProblemException [ConfigProblem.UnreadableFile] if a folder
  ///   cannot be listed or more than [#LIMIT] paths match
  public static List<Path> expand(Path folder, String pattern) {
    List<Path> found = List.of(Path.of(pattern).isAbsolute() ? Path.of("/") : folder);
    String wanted = pattern.endsWith("**") ? pattern + "/*" : pattern;
    for (String name : wanted.split("/", -1)) {
      List<Path> next = new ArrayList<>();
      for (Path path : found) {
        step(path, name, next);
        if (next.size() > LIMIT) {
          throw new ConfigProblem.UnreadableFile(
                  path, "more than " + LIMIT + " files match " + pattern)
              .exception();
        }
      }
      found = next;
    }
    return found.stream().filter(Files::isRegularFile).distinct().sorted().toList();
  }

  private static void step(Path path, String name, List<Path> next) {
    if (name.isEmpty() || name.equals(".")) {
      next.add(path);
    } else if (name.equals("**")) {
      addFolders(path, next);
    } else if (name.contains("*") || name.contains("?")) {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + literal(name));
      list(path).stream().filter(p -> matcher.matches(p.getFileName())).forEach(next::add);
    } else if (Files.exists(path.resolve(name))) {
      next.add(path.resolve(name));
    }
  }

  private static void addFolders(Path path, List<Path> next) {
    next.add(path);
    for (Path child : list(path)) {
      if (next.size() <= LIMIT && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
        addFolders(child, next);
      }
    }
  }

  // Of the glob language only `*` and `?` are meant.
  private static String literal(String name) {
    return name.replaceAll("[\\\\\\[\\]{}]", "\\\\$0");
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      List<Path> list = new ArrayList<>();
      children.forEach(list::add);
      return list;
    } catch (IOException e) {
      throw TextFile.unreadable(folder, e);
    }
  }
}
