package tranche.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import tranche.bench.server.BenchServer;

/// How large the server's processes become that serve connections. They keep what they know of
/// every table they have seen, so a run over many stores makes them grow.
public final class Backends implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final BenchServer server;
  private final Sampling sampling;
  private double resident;
  private double anonymous;

  private Backends(BenchServer server) {
    this.server = server;
    this.sampling = Sampling.every(PAUSE, this::look);
  }

  /// Begins to watch the server.
  public static Backends watch(BenchServer server) {
    return new Backends(server);
  }

  private void look() {
    ProcessHandle.of(server.pid()).stream()
        .flatMap(ProcessHandle::children)
        .mapToLong(ProcessHandle::pid)
        .filter(this::servesConnection)
        .mapToObj(Memory::of)
        .forEach(memory -> {
          resident = Math.max(resident, memory.of(Memory.RESIDENT).orElse(0));
          anonymous = Math.max(anonymous, memory.of(Memory.ANONYMOUS).orElse(0));
        });
  }

  /// The server writes into the title of a process whom it serves.
  private boolean servesConnection(long pid) {
    try {
      byte[] title = Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline"));
      return new String(title, StandardCharsets.UTF_8)
          .startsWith("postgres: " + server.user() + " ");
    } catch (IOException _) {
      return false; // It has ended meanwhile.
    }
  }

  /// The largest resident set that was seen, in megabytes, the shared buffers that the process has
  /// touched included. To be asked after the watch was closed.
  public double largestMegabytes() {
    return resident;
  }

  /// The largest memory of its own, in megabytes: without shared buffers and program text. To be
  /// asked after the watch was closed.
  public double largestOwnMegabytes() {
    return anonymous;
  }

  @Override
  public void close() {
    sampling.close();
  }
}
