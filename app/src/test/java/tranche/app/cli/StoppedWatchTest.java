package tranche.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Stops a real process while it watches.
@Timeout(60)
class StoppedWatchTest {
  @TempDir private Path folder;

  /// The commands as a program.
  static final class Program {
    private Program() {}

    public static void main(String[] words) {
      System.exit(CommandLineRun.commandLine(Surroundings.ofThisProcess()).execute(words));
    }
  }

  @Test
  void to_stop_watching_does_not_stop_the_rollout_and_says_so() throws Exception {
    CountDownLatch forever = new CountDownLatch(1);
    try (ScriptedServer server = new ScriptedServer()) {
      server.on("GET /rollouts/r-42", Golden.text("rollout.json"));
      server.on(
          "GET /rollouts/r-42/journal?after=0&limit=1000",
          "{\"items\":[],\"after\":100,\"more\":false}");
      server.stream(_ -> forever.await());
      CommandLineRun.point(folder.resolve(".tranche"), server.url());
      Path out = folder.resolve("out");
      Path err = folder.resolve("err");
      Process process = start(out, err);
      await().atMost(Duration.ofSeconds(30)).until(() -> Files.readString(out).contains("r-42"));
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("ended by a signal").isGreaterThan(128);
      assertThat(Files.readString(err))
          .contains("The rollout goes on; look again: tranche rollout watch r-42");
      assertThat(server.lines()).noneMatch(line -> line.startsWith("POST"));
      forever.countDown();
    }
  }

  private Process start(Path out, Path err) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    var builder =
        new ProcessBuilder(java.toString(), Program.class.getName(), "rollout", "watch", "r-42");
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder
        .directory(folder.toFile())
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start();
  }
}
