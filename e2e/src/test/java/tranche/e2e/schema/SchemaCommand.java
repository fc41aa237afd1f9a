package tranche.e2e.schema;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tranche.e2e.harness.Product;

/// One `tranche schema` process.
final class SchemaCommand {
  private static final long END_SECONDS_MAX = 120;

  private final Process process;
  private final Path out;
  private final Path err;

  private SchemaCommand(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /// Starts it.
  ///
  /// @param folder where it runs and where its output goes
  static SchemaCommand start(Path folder, SchemaServer server, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("schema"));
    command.addAll(words);
    Path out = Files.createTempFile(folder, "command", ".out");
    Path err = Files.createTempFile(folder, "command", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(Product.tranche(command))
            .directory(folder.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("PGPASSWORD", server.address().password().reveal());
    builder.environment().put("NO_COLOR", "1");
    return new SchemaCommand(builder.start(), out, err);
  }

  /// Waits for its end and returns its exit code.
  int end() throws InterruptedException, IOException {
    if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the command does not end: " + told());
    }
    return process.exitValue();
  }

  /// Waits so long for its end, and says whether it is still at work then.
  boolean isAtWorkAfter(Duration time) throws InterruptedException {
    return !process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Sends it a signal: `STOP` freezes it, `CONT` lets it go on.
  void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("no signal " + name + " to a process that has ended: " + told());
    }
  }

  /// Ends it with SIGKILL.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(END_SECONDS_MAX, TimeUnit.SECONDS);
  }

  /// Everything that it has printed.
  String told() throws IOException {
    return Files.readString(out) + Files.readString(err);
  }
}
