package tranche.build.format;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The Java source files under a folder, build output and hidden folders left out.
final class SourceTree {
  private static final Set<String> SKIPPED = Set.of("target", "node_modules");

  private SourceTree() {}

  /// Every `*.java` below `root`, in the order of their paths.
  static List<Path> under(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(root, new Collector(root, found));
    found.sort(null);
    return List.copyOf(found);
  }

  private static boolean isSkipped(Path folder) {
    String name = folder.getFileName().toString();
    return name.startsWith(".") || SKIPPED.contains(name);
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<Path> found;

    Collector(Path root, List<Path> found) {
      this.root = root;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return !folder.equals(root) && isSkipped(folder)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && file.toString().endsWith(".java")) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
