package tranche.postgres.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tranche.core.problem.ProblemException;
import tranche.postgres.embedded.EmbeddedProblem.DiskFull;
import tranche.postgres.embedded.EmbeddedProblem.FolderUnusable;

/// Small file work with the errors of a disk told apart.
final class Disk {
  /// Programs, an empty cluster and its first write-ahead log, with some air.
  static final long NEEDED_MEGABYTES = 160;

  private static final long MEGABYTE = 1024L * 1024;
  private static final String NO_SPACE = "No space left on device";

  private Disk() {}

  /// Refuses to begin what the disk has no room to finish.
  static void requireRoom(Path folder) throws IOException {
    long free = freeMegabytes(folder);
    if (free < NEEDED_MEGABYTES) {
      throw new ProblemException(new DiskFull(folder, free, NEEDED_MEGABYTES));
    }
  }

  /// The problem behind an I/O error below a folder.
  static ProblemException problem(Path folder, IOException e) {
    var message = String.valueOf(e.getMessage());
    if (message.contains(NO_SPACE)) {
      return new ProblemException(full(folder), e);
    }
    var reason = e.getClass().getSimpleName() + ": " + message;
    return new ProblemException(new FolderUnusable(folder, reason), e);
  }

  /// Whether a program complained about a full disk.
  static boolean saysFull(List<String> output) {
    return output.stream().anyMatch(line -> line.contains(NO_SPACE));
  }

  static DiskFull full(Path folder) {
    return new DiskFull(folder, folder.toFile().getUsableSpace() / MEGABYTE, NEEDED_MEGABYTES);
  }

  /// Replaces a file in one step, durably, readable by its owner only.
  static void write(Path file, String content) throws IOException {
    var next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.createFile(next, ownerOnly);
    try (var channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Gives a folder its final name, so that it is there as a whole or not at all.
  static void publish(Path built, Path name) throws IOException {
    Files.move(built, name, StandardCopyOption.ATOMIC_MOVE);
    try (var parent = FileChannel.open(name.getParent(), StandardOpenOption.READ)) {
      parent.force(true);
    }
  }

  /// Removes what an interrupted earlier start left below `folder` under a name with this prefix.
  static void removeLeftovers(Path folder, String prefix) throws IOException {
    List<Path> found;
    try (Stream<Path> all = Files.list(folder)) {
      found = all.filter(p -> p.getFileName().toString().startsWith(prefix)).toList();
    }
    for (var leftover : found) {
      removeAll(leftover);
    }
  }

  /// Removes a file, or a folder with all that is in it. Does not follow links.
  static void removeAll(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(root)) {
      for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static long freeMegabytes(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace() / MEGABYTE;
  }
}
