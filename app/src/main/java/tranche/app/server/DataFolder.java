package tranche.app.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import tranche.core.secret.Secret;

/// The folder in which a control plane keeps everything: the embedded server, instances, logs,
/// backups, and the secrets that were generated. Readable by its owner only.
///
/// One control plane at a time uses it, which a file lock proves: the lock is gone with its
/// process, however that ended.
final class DataFolder implements AutoCloseable {
  private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWNER_ONLY_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final int SECRET_BYTES = 32;

  private final Path root;
  private final FileChannel channel;
  private final FileLock lock;

  private DataFolder(Path root, FileChannel channel, FileLock lock) {
    this.root = root;
    this.channel = channel;
    this.lock = lock;
  }

  /// Creates the folder if it is missing and takes its lock.
  ///
  /// @throws tranche.core.problem.ProblemException [LocalProblem.DataFolderUnusable] or
  ///   [LocalProblem.DataFolderInUse]
  static DataFolder open(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      createFolder(root);
      FileChannel channel =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      return new DataFolder(root, channel, lock(root, channel));
    } catch (IOException e) {
      throw new LocalProblem.DataFolderUnusable(root.toString(), reason(e)).exception();
    }
  }

  private static FileLock lock(Path root, FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      // The same process holds it: as much in use as if another one did.
    }
    channel.close();
    String who = ControlFile.read(root).map(c -> "process " + c.pid()).orElse("another process");
    throw new LocalProblem.DataFolderInUse(root.toString(), who).exception();
  }

  private static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      if (isPosix(folder)) {
        Files.setPosixFilePermissions(folder, OWNER_ONLY_FOLDER);
      }
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  /// A folder of that name below this one, created if it is missing.
  Path folder(String name) {
    Path folder = root.resolve(name);
    try {
      createFolder(folder);
    } catch (IOException e) {
      throw new LocalProblem.DataFolderUnusable(folder.toString(), reason(e)).exception();
    }
    return folder;
  }

  Path root() {
    return root;
  }

  /// The secret kept under that name; generated when it is asked for the first time.
  Secret secret(String name) {
    return name.equals("token") ? secret(root.resolve(name)) : secretIn(root, name);
  }

  /// The secret kept under that name in a data folder that somebody else may be using now: two that
  /// ask for the first time at once get the same one.
  ///
  /// @throws tranche.core.problem.ProblemException [LocalProblem.DataFolderUnusable]
  static Secret secretIn(Path root, String name) {
    Path folder = root.resolve("secrets");
    try {
      createFolder(root);
      createFolder(folder);
      return secret(folder.resolve(name));
    } catch (IOException e) {
      throw new LocalProblem.DataFolderUnusable(folder.toString(), reason(e)).exception();
    }
  }

  private static Secret secret(Path file) {
    try {
      if (!Files.exists(file)) {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        writeOnce(file, HexFormat.of().formatHex(bytes));
      }
      return Secret.of(Files.readString(file, StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new LocalProblem.DataFolderUnusable(file.toString(), reason(e)).exception();
    }
  }

  /// A name for this folder that stays the same over restarts: the holder of the lease.
  String identity() {
    Path file = root.resolve("identity");
    try {
      if (!Files.exists(file)) {
        write(file, java.util.UUID.randomUUID().toString());
      }
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new LocalProblem.DataFolderUnusable(file.toString(), reason(e)).exception();
    }
  }

  /// Writes a file that only its owner can read; readers see the old or the new content, never a
  /// part.
  static void write(Path file, String content) throws IOException {
    Path temporary = temporary(file, content);
    try {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// Writes such a file unless it is there: of several that write it at once, one does, and nobody
  /// ever reads what another one wanted to write.
  private static void writeOnce(Path file, String content) throws IOException {
    Path temporary = temporary(file, content);
    try {
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      // Somebody else came first, and that one counts.
    } catch (UnsupportedOperationException e) {
      // No links on this file system: a copy fails too if the file is there.
      copyOnce(temporary, file);
    } finally {
      boolean _ = Files.deleteIfExists(temporary);
    }
  }

  private static void copyOnce(Path from, Path to) throws IOException {
    try {
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (FileAlreadyExistsException e) {
      // As above.
    }
  }

  /// The content in a file beside the one that it is for.
  private static Path temporary(Path file, String content) throws IOException {
    Path folder = Optional.ofNullable(file.getParent()).orElseThrow();
    Path temporary = Files.createTempFile(folder, ".", ".new");
    if (isPosix(temporary)) {
      Files.setPosixFilePermissions(temporary, OWNER_ONLY_FILE);
    }
    Files.writeString(temporary, content, StandardCharsets.UTF_8);
    try (FileChannel sync = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      sync.force(true);
    }
    return temporary;
  }

  /// Gives the lock back.
  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
