package tranche.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tranche.app.cli.CommandLineRun.FakeTerminal;
import tranche.app.cli.CommandLineRun.Result;
import tranche.app.cli.ScriptedServer.Reply;

@Timeout(60)
class WatchTest {
  private static final String MOVING = Golden.text("rollout.json");
  private static final String PLAIN = "\"text\":\"said\",\"detail\":{\"tenants\":[]}";
  private static final String VERDICT =
      """
      "text":"judge b1: healthy, 3 of 4000 failed","detail":{"tenants":[],"verdict":{"verdict":"healthy",
      "summary":"s","baseline":{"requests":1,"errors":0},"candidate":{"requests":1,"errors":0}}}\
      """;
  private static final String DONE =
      MOVING
          .replace("\"phase\": \"moving\"", "\"phase\": \"done\"")
          .replace("\"over\": false", "\"over\": true")
          .replace("\"state\": \"waiting\"", "\"state\": \"done\"")
          .replace("\"state\": \"moving\"", "\"state\": \"done\"");

  @TempDir private Path folder;
  private final AtomicReference<String> now = new AtomicReference<>(MOVING);
  private final CountDownLatch forever = new CountDownLatch(1);
  private ScriptedServer server;
  private CommandLineRun tranche;

  @BeforeEach
  void start() {
    server = new ScriptedServer();
    tranche = new CommandLineRun(folder);
    CommandLineRun.point(folder.resolve(".tranche"), server.url());
    server.on("GET /rollouts/r-42", () -> new Reply(200, now.get()));
    server.on(
        "GET /rollouts/r-42/journal?after=0&limit=1000",
        "{\"items\":[],\"after\":100,\"more\":false}");
  }

  @AfterEach
  void stop() {
    forever.countDown();
    server.close();
  }

  @Test
  void a_log_gets_changes_and_nothing_is_lost_when_the_connection_breaks() {
    server.stream(out -> ScriptedServer.send(out, 101, "performed", VERDICT));
    server.stream(out -> {
      now.set(DONE);
      ScriptedServer.send(out, 102, "finished", PLAIN);
      forever.await();
    });
    Result result = tranche.run("rollout", "watch", "r-42");
    assertThat(result.err()).contains("does not answer", "answers again");
    assertThat(result.code()).isZero();
    assertThat(server.lines()).contains("GET /events?after=100", "GET /events?after=101");
    assertThat(result.out())
        .contains("r-42  2026.11  ◐ moving, tranche 3 of 5")
        .contains("r-42  judge b1: healthy, 3 of 4000 failed")
        .contains("r-42  tranche 3 basic: ✔ done, 764/1,230")
        .contains("r-42  2026.11  ✔ done   started")
        .endsWith("Next: tranche fleet show\n")
        .doesNotContain("\u001b[");
    assertThat(result.out().split("judge b1", -1)).hasSize(2);
    assertThat(result.err()).contains("does not answer", "answers again");
  }

  @Test
  void a_terminal_is_drawn_over_in_place() {
    tranche.terminal = FakeTerminal.PERSON;
    server.stream(out -> {
      now.set(DONE);
      ScriptedServer.send(out, 102, "finished", PLAIN);
      forever.await();
    });
    Result result = tranche.run("rollout", "watch", "r-42", "--color=never");
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("\u001b[J", "live · ", "└─ ✔ 5 platinum");
    // As many lines up as were drawn before: two blocks, the second over the first.
    String first = result.out().substring(0, result.out().indexOf("\u001b[", 4));
    int drawn = first.split("\n", -1).length - 1;
    assertThat(result.out()).contains("\u001b[" + drawn + "A\r\u001b[J");
    assertThat(Arrays.stream(first.split("\n"))).allMatch(line -> line.length() <= 104);
  }

  @Test
  void a_halt_ends_watching_with_failure() {
    now.set(Golden.text("halted.json").replace("r-43", "r-42"));
    server.stream(_ -> forever.await());
    Result result = tranche.run("rollout", "watch", "r-42");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out())
        .contains("✕ Halted r-42   problem tranche-got-worse", "tranche rollout explain r-42");
  }

  @Test
  void waiting_for_a_gate_succeeds_at_the_gate() {
    server.on("POST /rollouts", MOVING);
    now.set(
        MOVING
            .replace("\"phase\": \"moving\"", "\"phase\": \"held\"")
            .replace("\"code\": \"baking\"", "\"code\": \"approval\""));
    server.stream(_ -> forever.await());
    Result result = tranche.run("rollout", "start", "7f3a91c", "--wait=gate");
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("Next: tranche rollout approve r-42 --tranche 4");
    assertThat(result.err()).isEqualTo("Started r-42\n");
  }

  @Test
  void a_timeout_has_its_own_exit_code_and_ends_only_the_waiting() {
    server.on("POST /rollouts", MOVING);
    server.stream(_ -> forever.await());
    Result result = tranche.run("deploy", "7f3a91c", "--wait", "--timeout", "1s");
    assertThat(result.code()).isEqualTo(124);
    assertThat(result.err()).contains("Stopped waiting", "tranche rollout watch r-42");
    assertThat(server.lines()).noneMatch(line -> line.contains("cancel"));
  }

  @Test
  void entries_of_other_rollouts_are_not_shown() {
    server.stream(out -> {
      ScriptedServer.send(out, 101, "approved", PLAIN.replace("said", "elsewhere"));
      now.set(DONE);
      ScriptedServer.send(out, 102, "finished", PLAIN);
      forever.await();
    });
    server.on("GET /rollouts/r-7", () -> new Reply(200, now.get().replace("r-42", "r-7")));
    server.on(
        "GET /rollouts/r-7/journal?after=0&limit=1000",
        "{\"items\":[],\"after\":100,\"more\":false}");
    Result result = tranche.run("rollout", "watch", "r-7", "-o", "ndjson");
    assertThat(result.code()).isZero();
    assertThat(result.out().lines()).hasSize(1).allMatch(line -> line.contains("\"id\":\"r-7\""));
  }

  @Test
  void a_journal_is_followed_to_its_end() {
    server.stream(out -> {
      ScriptedServer.send(out, 101, "approved", PLAIN);
      ScriptedServer.send(out, 102, "finished", PLAIN);
      forever.await();
    });
    Result result = tranche.run("rollout", "journal", "r-42", "--follow", "-o", "name");
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEqualTo("101\n102\n");
  }
}
