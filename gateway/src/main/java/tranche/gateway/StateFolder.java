package tranche.gateway;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tranche.core.problem.ProblemException;
import tranche.gateway.problem.StartProblem.StateInUse;
import tranche.gateway.problem.StartProblem.StateNotWritable;
import tranche.gateway.route.DurableFile;

/// The folder that one gateway process owns: the routing table, and the description of the process.
/// The lock ends with the process, also when it is killed.
final class StateFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;

  private StateFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /// Creates the folder if needed and takes it.
  ///
  /// @throws ProblemException when it cannot be written, or another gateway has it
  static StateFolder take(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("gateway.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new ProblemException(new StateInUse(folder.toString()));
      }
      return new StateFolder(folder, channel);
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock held = channel.tryLock();
      return held != null;
    } catch (OverlappingFileLockException _) {
      // Held by this same process: in use all the same.
      return false;
    }
  }

  /// Where the routing table is kept.
  Path routesFile() {
    return folder.resolve("routes.json");
  }

  /// Writes `gateway.json`, which tells a control plane where this process is. No tokens.
  void describe(Running running) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("pid", ProcessHandle.current().pid());
    node.put("bootId", running.bootId());
    node.put("listenPort", running.listenPort());
    node.put("adminPort", running.adminPort());
    node.put("startedAt", running.startedAt().toString());
    try {
      DurableFile.replace(
          folder.resolve("gateway.json"),
          out -> out.write((node + "\n").getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
  }

  private static ProblemException notWritable(Path folder, IOException e) {
    return new ProblemException(
        new StateNotWritable(
            folder.toString(), e.getClass().getSimpleName() + ": " + e.getMessage()),
        e);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
