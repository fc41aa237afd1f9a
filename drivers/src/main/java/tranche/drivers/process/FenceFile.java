package tranche.drivers.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tranche.engine.delivery.DeliveryProblem.StaleController;
import tranche.engine.journal.Fence;

/// The highest fencing number seen, in a file; lower ones are refused (I4).
///
/// It is asked right before each effect, and holds no lock while the effect happens: a control
/// plane that is frozen in between must not keep its successor from acting. What it could still do
/// when it wakes up is one start or stop that was already under way, and the lock on the data
/// folder makes sure that no successor works in the same folder while it lives.
final class FenceFile {
  private static final Duration LOCK_LIMIT = Duration.ofSeconds(10);
  private static final long LOOK_AGAIN_MILLIS = 5;

  private final Path file;
  private final Path lock;

  FenceFile(Path folder) {
    this.file = folder.resolve("fence");
    this.lock = folder.resolve("fence.lock");
  }

  /// Remembers the number if it is the highest so far.
  ///
  /// @throws tranche.core.problem.ProblemException [StaleController] if a higher one was seen
  void admit(Fence fence) throws IOException, InterruptedException {
    if (isKnown(fence)) {
      return;
    }
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = lock(channel)) {
      if (!isKnown(fence)) {
        DurableFile.write(file, Long.toString(fence.epoch()).getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private boolean isKnown(Fence fence) throws IOException {
    long highest = highest();
    if (fence.epoch() < highest) {
      throw new StaleController("The process platform in " + file.getParent(), fence.epoch())
          .exception();
    }
    return fence.epoch() == highest;
  }

  private long highest() throws IOException {
    try {
      return Long.parseLong(Files.readString(file, StandardCharsets.UTF_8).strip());
    } catch (NoSuchFileException _) {
      return 0;
    } catch (NumberFormatException e) {
      throw new IOException(file + " does not hold a number", e);
    }
  }

  private FileLock lock(FileChannel channel) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LOCK_LIMIT.toNanos();
    while (System.nanoTime() - deadline < 0) {
      FileLock taken = tryLock(channel);
      if (taken != null) {
        return taken;
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
    throw new IOException(
        lock + " was held by another process for " + LOCK_LIMIT.toSeconds() + " s");
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      // Held by another thread of this process: the same as held by another process.
      return null;
    }
  }
}
