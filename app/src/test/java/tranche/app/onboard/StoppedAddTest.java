package tranche.app.onboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import tranche.app.cli.CommandLineRun;
import tranche.app.cli.CommandLineRun.Result;
import tranche.app.cli.Surroundings;
import tranche.app.schema.TestServer;

/// Adding that ends in the middle, and two that add at once.
class StoppedAddTest {
  @TempDir private Path folder;
  private NewcomerFleet fleet;

  @BeforeEach
  void fleet() {
    fleet = new NewcomerFleet(folder);
    assertThat(fleet.add("old", "--tier", "premium", "--region", "eu-west", "--to", "2").code())
        .isZero();
  }

  /// What a process that is killed does: no more.
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private Step.Reached killedBehind(Step step) {
    return reached -> {
      if (reached == step) {
        throw new Killed();
      }
    };
  }

  /// Cuts all connections behind that step, that of the lock too.
  private Step.Reached cutBehind(Step step) {
    return reached -> {
      if (reached == step) {
        TestServer.ask(
            "postgres",
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <>"
                + " pg_backend_pid() AND application_name LIKE 'tranche%'");
      }
    };
  }

  private void addWith(Step.Reached reached, String... words) {
    Surroundings surroundings = CommandLineRun.quiet(folder);
    var command = new CommandLine(new AddCommand(surroundings, reached));
    command.setExecutionExceptionHandler((_, _, _) -> 1);
    try {
      int _ = command.execute(words);
    } catch (Killed _) {
      // As planned.
    }
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void what_was_killed_behind_a_step_is_finished_by_the_same_command(Step step) {
    String before = fleet.digest("t_old");
    addWith(killedBehind(step), "acme", "--tier", "premium");
    addWith(killedBehind(step), "globex", "--tier", "platinum");
    boolean isListed = step.compareTo(Step.LISTED) >= 0;
    assertThat(fleet.tenants().contains("acme")).isEqualTo(isListed);
    assertThat(fleet.schema("status", "--show=stores").out().contains("acme")).isEqualTo(isListed);

    Result schema = fleet.add("acme", "--tier", "premium");
    Result database = fleet.add("globex", "--tier", "platinum");

    int expected = step == Step.FINISHED ? 6 : 0;
    assertThat(List.of(schema.code(), database.code()))
        .as(schema.err() + database.err())
        .containsExactly(expected, expected);
    assertThat(fleet.tenants())
        .isEqualTo("id,tier,region\nold,premium,eu-west\nacme,premium,\nglobex,platinum,\n");
    assertThat(fleet.columns("t_acme.issues")).containsExactly("id", "title");
    assertThat(fleet.ask("SELECT count(*) FROM tranche.history WHERE target = 't_acme'"))
        .containsExactly("2");
    assertThat(fleet.comment("t_acme")).isEmpty();
    assertThat(TestServer.ask(fleet.ownDatabase("globex"), "SELECT version FROM tranche.store"))
        .containsExactly("3");
    assertThat(fleet.digest("t_old")).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(names = {"SCHEMA", "RIGHTS", "MIGRATIONS", "LISTED"})
  void what_lost_its_connections_behind_a_step_is_finished(Step step) {
    addWith(cutBehind(step), "acme", "--tier", "premium");

    Result again = fleet.add("acme", "--tier", "premium");

    assertThat(again.code()).as(again.err()).isIn(0, 6);
    assertThat(fleet.tenants()).isEqualTo("id,tier,region\nold,premium,eu-west\nacme,premium,\n");
    assertThat(fleet.columns("t_acme.issues")).containsExactly("id", "title");
    assertThat(fleet.comment("t_acme")).isEmpty();
  }

  @Test
  void of_two_that_add_one_tenant_one_wins_and_the_other_is_told_who() throws Exception {
    CountDownLatch isMade = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    Step.Reached waiting =
        step -> {
          if (step == Step.SCHEMA) {
            isMade.countDown();
            await(mayGoOn);
          }
        };
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> first = threads.submit(() -> addWith(waiting, "acme", "--tier", "premium"));
      await(isMade);

      Result second = fleet.add("acme", "--tier", "premium");

      assertThat(second.code()).isEqualTo(6);
      assertThat(second.err())
          .contains("onboarding-in-progress", "main/t_acme", "tranche tenant add acme since");
      mayGoOn.countDown();
      first.get(30, TimeUnit.SECONDS);
    }
    assertThat(fleet.tenants()).endsWith("eu-west\nacme,premium,\n");
    assertThat(fleet.comment("t_acme")).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void many_that_are_added_at_once_all_get_their_line() throws Exception {
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 8; i++) {
        String id = "n" + i;
        all.add(threads.submit(() -> addWith(Step.Reached.QUIET, id, "--tier", "premium")));
      }
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    }

    assertThat(fleet.tenants().lines())
        .hasSize(10)
        .contains("n0,premium,", "n3,premium,", "n7,premium,");
    assertThat(fleet.ask("SELECT count(*) FROM tranche.store WHERE version = '2'"))
        .containsExactly("9");
  }

  @Test
  void a_tenant_that_is_added_while_a_run_moves_its_tier_ends_where_the_run_does() {
    Step.Reached runMeanwhile =
        step -> {
          if (step == Step.MIGRATIONS) {
            assertThat(fleet.schema("apply").code()).isZero();
          }
        };

    addWith(runMeanwhile, "acme", "--tier", "premium");

    assertThat(fleet.ask("SELECT version FROM tranche.store ORDER BY target"))
        .containsExactly("3", "3");
    assertThat(fleet.ask("SELECT title FROM t_acme.issues")).containsExactly("welcome");
  }
}
