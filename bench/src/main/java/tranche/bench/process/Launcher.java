package tranche.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAccumulator;
import tranche.bench.report.Sample;
import tranche.bench.server.BenchServer;

/// Starts `tranche` as its user does, and measures the whole process.
///
/// The program must pass the variable `TRANCHE_JAVA_OPTS` on to the JVM and become that process
/// itself, as the launcher of a clone does.
///
/// @param program the file to start, absolute
/// @param folder where the processes work, and leave their output
public record Launcher(Path program, Path folder) {
  private static final Duration LIMIT = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final String HEAP_LOG = "heap.log";
  private static final String OUTPUT = "output.txt";
  private static final String ERRORS = "errors.txt";
  private static final int SHOWN = 2_000;

  /// Makes the folder.
  ///
  /// @throws IllegalArgumentException if there is no such program
  /// @throws UncheckedIOException when the folder cannot be made
  public Launcher {
    if (!Files.isExecutable(program)) {
      throw new IllegalArgumentException(program + " is not a program");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs one command to its end.
  ///
  /// @param server whose password the process gets in its environment
  /// @throws IllegalStateException when it does not end with 0; its words are in the message
  /// @throws InterruptedException when the thread was interrupted while waiting; the process is
  ///   then ended
  public Outcome run(BenchServer server, Heap heap, List<String> words)
      throws InterruptedException {
    var peak = new DoubleAccumulator(Math::max, 0);
    var cpu = new DoubleAccumulator(Math::max, 0);
    try {
      long start = System.nanoTime();
      Process process = builder(server, heap, words).start();
      long end;
      Runnable look =
          () -> {
            peak.accumulate(Memory.of(process.pid()).of(Memory.PEAK).orElse(0));
            cpu.accumulate(process.info().totalCpuDuration().map(Sample::seconds).orElse(0.0));
          };
      // Both only rise, so at most what the last five milliseconds added is missed.
      try (var _ = Sampling.every(PAUSE, look)) {
        await(process, words);
        end = System.nanoTime();
      }
      requireSuccess(process, words);
      return new Outcome(
          Duration.ofNanos(end - start),
          cpu.get(),
          peak.get(),
          HeapUse.parse(Files.readAllLines(folder.resolve(HEAP_LOG))),
          Files.readString(folder.resolve(OUTPUT)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProcessBuilder builder(BenchServer server, Heap heap, List<String> words) {
    List<String> all = new ArrayList<>(List.of(program.toString()));
    all.addAll(words);
    var builder = new ProcessBuilder(all).directory(folder.toFile());
    builder.environment().put("TRANCHE_JAVA_OPTS", heap.options() + HeapUse.LOG + HEAP_LOG);
    builder.environment().put("PGPASSWORD", server.password().reveal());
    return builder
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(folder.resolve(OUTPUT).toFile())
        .redirectError(folder.resolve(ERRORS).toFile());
  }

  private static void await(Process process, List<String> words) throws InterruptedException {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(named(words) + " took longer than " + LIMIT);
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private void requireSuccess(Process process, List<String> words) throws IOException {
    if (process.exitValue() != 0) {
      String said =
          Files.readString(folder.resolve(OUTPUT)) + Files.readString(folder.resolve(ERRORS));
      throw new IllegalStateException(
          "%s ended with %d:%n%s"
              .formatted(
                  named(words),
                  process.exitValue(),
                  said.substring(Math.max(0, said.length() - SHOWN))));
    }
  }

  private static String named(List<String> words) {
    return "tranche " + String.join(" ", words);
  }
}
