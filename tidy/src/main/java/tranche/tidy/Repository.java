package tranche.tidy;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The files of a checkout, without build output and the folders of tools.
///
/// @param root the folder with the root pom
public record Repository(Path root) {
  private static final Set<String> SKIPPED =
      Set.of("node_modules", ".git", ".idea", ".vscode", ".tranche");

  /// Every file, sorted by path.
  ///
  /// @throws IOException if the tree cannot be read
  public List<Path> files() throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(root, new Collector(root, found));
    found.sort(null);
    return List.copyOf(found);
  }

  /// The files whose name ends so.
  ///
  /// @throws IOException if the tree cannot be read
  public List<Path> filesEndingWith(String ending) throws IOException {
    return files().stream().filter(file -> file.toString().endsWith(ending)).toList();
  }

  /// The compiled production classes of every module: each `target/classes` beside a
  /// `src/main/java`.
  ///
  /// @throws IllegalStateException if a module is not compiled, since nothing would then be checked
  /// @throws IOException if the tree cannot be read
  public List<Path> classFolders() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (Path pom : filesEndingWith("pom.xml")) {
      Path module = root.resolve(pom).resolveSibling("src/main/java").normalize();
      if (Files.isDirectory(module)) {
        folders.add(compiled(root.resolve(pom).resolveSibling("target/classes")));
      }
    }
    return folders;
  }

  private static Path compiled(Path classes) {
    if (!Files.isDirectory(classes)) {
      throw new IllegalStateException(
          classes + " is missing: compile all modules first, mvn verify");
    }
    return classes;
  }

  /// The text of a file of this repository.
  ///
  /// @throws IOException if it cannot be read as UTF-8
  public String text(Path file) throws IOException {
    return Files.readString(root.resolve(file));
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
      return SKIPPED.contains(folder.getFileName().toString()) || isBuildOutput(folder)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    /// Only beside a pom: a package of that name must not hide from the rules.
    private static boolean isBuildOutput(Path folder) {
      return folder.endsWith("target") && Files.exists(folder.resolveSibling("pom.xml"));
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      // In a linked worktree .git is a file.
      if (attributes.isRegularFile() && !SKIPPED.contains(file.getFileName().toString())) {
        found.add(root.relativize(file));
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
