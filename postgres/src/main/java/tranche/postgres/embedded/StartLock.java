package tranche.postgres.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tranche.core.problem.ProblemException;
import tranche.postgres.embedded.EmbeddedProblem.FolderBusy;

/// Lets one start at a time work on a folder, across processes and within this one. The operating
/// system releases it when the process dies.
final class StartLock implements AutoCloseable {
  private static final long LOOK_AGAIN_MILLIS = 20;

  private final FileChannel channel;

  private StartLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Waits for the lock.
  ///
  /// @throws ProblemException [FolderBusy] when it is not free within the limit
  static StartLock take(Path file, Duration limit) throws IOException, InterruptedException {
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean isHeld = false;
    try {
      long deadline = System.nanoTime() + limit.toNanos();
      while (tryLock(channel) == null) {
        if (System.nanoTime() > deadline) {
          throw new ProblemException(new FolderBusy(file, limit));
        }
        Thread.sleep(LOOK_AGAIN_MILLIS);
      }
      isHeld = true;
      return new StartLock(channel);
    } finally {
      if (!isHeld) {
        channel.close();
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      // Another thread of this process holds it: the same as another process holding it.
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
