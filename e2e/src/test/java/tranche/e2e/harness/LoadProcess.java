package tranche.e2e.harness;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// The load generator at work.
public final class LoadProcess {
  private static final Duration BEGIN_MAX = Duration.ofSeconds(30);
  private static final long END_SECONDS_MAX = 30;

  private final Process process;
  private final Path report;
  private final Path journal;
  private final Shape shape;

  private LoadProcess(Process process, Path log, Shape shape) {
    this.process = process;
    this.report = log.resolveSibling(log.getFileName() + ".json");
    this.journal = log.resolveSibling(log.getFileName() + ".tsv");
    this.shape = shape;
  }

  /// How much of what: requests per second, percent of creations, lists and changes, and the number
  /// from which everything follows.
  public record Shape(int rate, String mix, int seed) {}

  /// A write that the application said it has done.
  public record Write(long sequence, String tenant, UUID issue) {}

  static LoadProcess start(URI front, Path tenants, Path log, Shape shape) throws IOException {
    Path out = log.resolveSibling(log.getFileName() + ".log");
    List<String> arguments =
        List.of(
            "--url", front.toString(),
            "--tenants", tenants.toString(),
            "--rate", String.valueOf(shape.rate()),
            "--mix", shape.mix(),
            "--seed", String.valueOf(shape.seed()),
            "--report", log.resolveSibling(log.getFileName() + ".json").toString(),
            "--journal", log.resolveSibling(log.getFileName() + ".tsv").toString());
    Process process =
        new ProcessBuilder(Product.load(arguments))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    LoadProcess load = new LoadProcess(process, log, shape);
    await("the first answers").atMost(BEGIN_MAX).until(() -> load.report().ok() > 0);
    return load;
  }

  /// What follows from the seed.
  public Workload workload() {
    return new Workload(shape.seed());
  }

  /// What has been counted by now; at most a second old.
  public LoadReport report() throws IOException {
    return LoadReport.read(report);
  }

  /// Ends it, waits for the last answers and says what was counted.
  public LoadReport end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
      throw new AssertionError("the load generator does not end; its report is " + report);
    }
    return report();
  }

  /// The acknowledged writes, in the order of the answers.
  public List<Write> writes() throws IOException {
    List<Write> writes = new ArrayList<>();
    for (String line : Files.readAllLines(journal)) {
      String[] columns = line.split("\t", -1);
      writes.add(new Write(Long.parseLong(columns[0]), columns[1], UUID.fromString(columns[2])));
    }
    return writes;
  }

  void kill() {
    process.destroyForcibly();
  }
}
