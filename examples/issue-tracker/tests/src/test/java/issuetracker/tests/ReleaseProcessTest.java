package issuetracker.tests;

import static issuetracker.tests.Wait.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The jars that are released, started as the platform starts them.
final class ReleaseProcessTest {

  @TempDir private Path folder;
  private TestDatabase database;

  @BeforeEach
  void both_columns_are_there() throws SQLException {
    database = TestDatabase.create().schema("app");
    for (String file : new String[] {Releases.V1, Releases.V2, Releases.V3}) {
      database.migrate("app", file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026.10", "2026.11", "2026.12"})
  void starts_serves_and_ends_with_0_on_sigterm(String release) throws Exception {
    int port = ReleaseProcess.freePort();
    try (ReleaseProcess process = ReleaseProcess.start(folder, release, port, database)) {
      await().until(process::isReady);
      Client acme = process.client("acme");
      Client.Answer version = acme.get("/version");
      assertThat(version.text("release")).isEqualTo(release);
      assertThat(version.text("instance")).isEqualTo("basic@" + release + "-1");
      assertThat(version.text("cell")).isEqualTo("basic");
      assertThat(acme.get("/health").status()).isEqualTo(200);
      UUID id = UUID.randomUUID();
      assertThat(acme.createIssue(id, "urgent").status()).isEqualTo(201);
      assertThat(acme.get("/issues/" + id).text("priority")).isEqualTo("urgent");
      process.terminate();
      assertThat(process.exitCode()).isZero();
      assertThat(process.output().lines())
          .allMatch(line -> line.startsWith("{\"time\":"))
          .anyMatch(line -> line.contains("\"event\":\"stopped\""));
      assertThat(process.output()).doesNotContain(TestDatabase.APP_PASSWORD);
    }
  }

  @Test
  void release_2026_12_fails_exactly_each_20th_creation_and_writes_nothing_then() throws Exception {
    int port = ReleaseProcess.freePort();
    try (ReleaseProcess process = ReleaseProcess.start(folder, "2026.12", port, database)) {
      await().until(process::isReady);
      Client acme = process.client("acme");
      List<Integer> failed = new ArrayList<>();
      for (int n = 1; n <= 60; n++) {
        if (acme.createIssue(UUID.randomUUID(), "low").status() == 500) {
          failed.add(n);
        }
      }
      assertThat(failed).containsExactly(20, 40, 60);
      assertThat(database.query("SELECT count(*) FROM app.issue")).isEqualTo("57");
      assertThat(process.isReady()).isTrue();
    }
  }

  @Test
  void is_alive_but_not_ready_while_its_schema_lacks_the_column() throws Exception {
    TestDatabase base = TestDatabase.create().schema("app");
    base.migrate("app", Releases.V1);
    int port = ReleaseProcess.freePort();
    try (ReleaseProcess process = ReleaseProcess.start(folder, "2026.11", port, base)) {
      Client acme = process.client("acme");
      await().ignoreExceptions().until(() -> acme.get("/health").status() == 200);
      Client.Answer ready = acme.get("/ready");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.text("error"))
          .isEqualTo("schema app in database pool has no column issue.priority_v2");
      base.migrate("app", Releases.V2);
      await().until(process::isReady);
    }
  }

  @Test
  void a_port_in_use_ends_it_with_1_and_one_clear_line() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ReleaseProcess process =
            ReleaseProcess.start(folder, "2026.10", taken.getLocalPort(), database)) {
      assertThat(process.exitCode()).isEqualTo(1);
      assertThat(process.output())
          .isEqualTo(
              "cannot start: 127.0.0.1:%d cannot be listened on: Address already in use\n"
                  .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void an_instance_file_for_another_release_is_refused() throws Exception {
    int port = ReleaseProcess.freePort();
    Path other = Instances.file(folder, "2026.12", port, database);
    try (ReleaseProcess process = ReleaseProcess.start(folder, "2026.11", other, port)) {
      assertThat(process.exitCode()).isEqualTo(1);
      assertThat(process.output())
          .isEqualTo(
              "cannot start: the instance file is for release 2026.12 but this is release"
                  + " 2026.11\n");
    }
  }
}
