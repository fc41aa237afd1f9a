package issuetracker.tests;

import static issuetracker.tests.Wait.await;
import static org.assertj.core.api.Assertions.assertThat;

import issuetracker.json.Json;
import issuetracker.json.JsonObject;
import issuetracker.r2026_11.Main;
import issuetracker.server.IssueTracker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The load generator as a process, against the real application.
final class LoadProcessTest {
  @TempDir private Path folder;
  private TestDatabase database;
  private IssueTracker tracker;

  @BeforeEach
  void start() throws SQLException, IOException {
    database = TestDatabase.create().schema("app");
    for (String file : new String[] {Releases.V1, Releases.V2, Releases.V3}) {
      database.migrate("app", file);
    }
    tracker = Instances.pooled(Main.release(), database, "acme", "globex", "initech");
    Files.writeString(folder.resolve("tenants"), "acme\nglobex 3\ninitech\n");
    Files.writeString(folder.resolve("busy"), "initech\n");
  }

  @AfterEach
  void stop() {
    tracker.close();
  }

  @Test
  void every_acknowledged_write_is_in_the_journal_and_in_the_database() throws Exception {
    Process load = load("--busy", "busy", "--rate", "150");
    await()
        .until(
            () -> Files.exists(folder.resolve("report")) && report().requiredInteger("ok") > 200);
    load.getOutputStream().close();
    assertThat(load.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(load.exitValue()).isZero();
    assertThat(output(load)).startsWith("load: sent ");

    JsonObject report = report();
    int sent = report.requiredInteger("sent");
    assertThat(report.requiredInteger("ok")).isEqualTo(sent);
    assertThat(report.requiredInteger("failed")).isZero();
    assertThat(report.requiredInteger("wrongTenant")).isZero();
    assertThat(report.requiredObject("byRelease").requiredInteger("2026.11")).isEqualTo(sent);
    assertThat(database.query("SELECT count(*) FROM app.issue"))
        .isEqualTo(String.valueOf(journaled().size()));
    assertThat(
            database.query(
                "SELECT count(*) FROM app.issue WHERE title NOT LIKE 'load % for ' || tenant_id"))
        .isEqualTo("0");
    String ids = journaled().stream().collect(Collectors.joining("','", "'", "'"));
    assertThat(
            database.query(
                "SELECT count(*) FROM app.issue WHERE tenant_id || ' ' || id NOT IN (" + ids + ")"))
        .isEqualTo("0");
  }

  @Test
  void sigterm_ends_it_in_order() throws Exception {
    Process load = load("--rate", "50");
    await().until(() -> Files.exists(folder.resolve("report")));
    load.destroy();
    assertThat(load.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(load.exitValue()).isZero();
    assertThat(report().value("finished")).isEqualTo(true);
  }

  @Test
  void seeding_gives_every_tenant_its_issues_once() throws Exception {
    for (int i = 0; i < 2; i++) {
      Process seeder = load("--seed-issues", "7");
      assertThat(seeder.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(seeder.exitValue()).isZero();
      assertThat(output(seeder)).startsWith("seeded: sent 21, ok 21, failed 0");
    }
    assertThat(
            database.query(
                "SELECT string_agg(n::text, ' ') FROM"
                    + " (SELECT count(*) n FROM app.issue GROUP BY tenant_id) s"))
        .isEqualTo("7 7 7");
  }

  @Test
  void arguments_that_cannot_be_followed_end_it_with_2() throws Exception {
    Process load = load("--speed", "9");
    assertThat(load.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(load.exitValue()).isEqualTo(2);
    assertThat(new String(load.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith("there is no flag --speed");
  }

  private Process load(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-jar",
                Releases.loadJar().toString(),
                "--url",
                "http://127.0.0.1:" + tracker.port(),
                "--tenants",
                "tenants",
                "--report",
                "report",
                "--journal",
                "journal"));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).directory(folder.toFile()).start();
  }

  private JsonObject report() throws IOException {
    return Json.read(Files.readAllBytes(folder.resolve("report")));
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private List<String> journaled() throws IOException {
    return Files.readAllLines(folder.resolve("journal")).stream()
        .map(line -> line.split("\t", -1))
        .map(columns -> columns[1] + " " + columns[2])
        .distinct()
        .toList();
  }
}
