package tranche.config.migration;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import tranche.config.files.TextFile;
import tranche.config.problem.ConfigProblem;

/// Lists the files below a folder. Links are followed as long as they stay inside; files and
/// folders whose names begin with a dot are not there.
final class FolderFiles extends SimpleFileVisitor<Path> {
  private static final int MAX_FILES = 10_000;
  private static final int MAX_DEPTH = 16;

  private final Path folder;
  private final Path confinement;
  private final List<FolderFile> files = new ArrayList<>();

  private FolderFiles(Path folder, Path confinement) {
    this.folder = folder;
    this.confinement = confinement;
  }

  /// The files in the order of their names.
  ///
  /// @throws tranche.core.problem.ProblemException if there is no folder, it cannot be read, is too
  ///   large or a link leads out of `confinement`
  static List<FolderFile> below(Path folder, Path confinement) {
    if (!Files.isDirectory(folder)) {
      throw new ConfigProblem.MissingFile(Optional.empty(), "migrations folder", folder)
          .exception();
    }
    try {
      FolderFiles walk = new FolderFiles(folder, confinement.toRealPath());
      Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH + 1, walk);
      walk.files.sort(Comparator.comparing(FolderFile::name));
      return walk.files;
    } catch (IOException e) {
      throw TextFile.unreadable(folder, e);
    }
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
      throws IOException {
    if (directory.equals(folder)) {
      return FileVisitResult.CONTINUE;
    }
    if (isHidden(directory)) {
      return FileVisitResult.SKIP_SUBTREE;
    }
    requireInside(directory);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (isHidden(file)) {
      return FileVisitResult.CONTINUE;
    }
    requireInside(file);
    if (attributes.isDirectory()) {
      throw tooLarge("is nested deeper than " + MAX_DEPTH + " folders, at " + name(file));
    }
    files.add(new FolderFile(file, name(file)));
    if (files.size() > MAX_FILES) {
      throw tooLarge("holds more than " + MAX_FILES + " files");
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    if (e instanceof FileSystemLoopException) {
      throw tooLarge("is nested without end: " + name(file) + " is a link to a folder above it");
    }
    throw TextFile.unreadable(file, e);
  }

  private RuntimeException tooLarge(String how) {
    return new MigrationFolderProblem.FolderTooLarge(folder, how).exception();
  }

  // Only a link can lead elsewhere: all folders above were checked before.
  private void requireInside(Path path) throws IOException {
    if (Files.isSymbolicLink(path) && !path.toRealPath().startsWith(confinement)) {
      throw new MigrationFolderProblem.PathOutside(folder, name(path)).exception();
    }
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }

  private String name(Path path) {
    return folder.relativize(path).toString().replace('\\', '/');
  }
}
