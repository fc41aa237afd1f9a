package tranche.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.postgres.embedded.StartOutcome.Adopted;
import tranche.postgres.embedded.StartOutcome.StartedExisting;
import tranche.postgres.embedded.StartOutcome.StartedFresh;

final class EmbeddedPostgresTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path temp;
  private final Servers servers = new Servers();

  @AfterEach
  void stopAll() throws IOException, InterruptedException {
    servers.stopAll();
  }

  private Path folder() {
    return temp.resolve("store");
  }

  private static Map<String, String> show(EmbeddedPostgres server, String... names)
      throws SQLException {
    var all = new java.util.TreeMap<String, String>();
    for (var name : names) {
      all.put(name, Servers.ask(server, "SHOW " + name));
    }
    return all;
  }

  @Test
  void a_fresh_server_is_durable_private_and_utf8() throws Exception {
    var server = servers.start(folder());

    assertThat(server.outcome()).isInstanceOf(StartedFresh.class);
    assertThat(show(server, "fsync", "full_page_writes", "synchronous_commit", "data_checksums"))
        .allSatisfy((_, value) -> assertThat(value).isEqualTo("on"));
    assertThat(show(server, "listen_addresses", "unix_socket_directories", "server_encoding"))
        .isEqualTo(
            Map.of(
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "server_encoding", "UTF8"));
    assertThat(show(server, "max_connections", "shared_buffers", "max_locks_per_transaction"))
        .containsValues("400", "256MB", "256");
    assertThat(Servers.ask(server, "SELECT datlocprovider FROM pg_database LIMIT 1"))
        .isEqualTo("b");
    assertThat(
            Servers.ask(
                server,
                "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'"))
        .isEqualTo("0");
  }

  @Test
  void a_restart_keeps_the_rows_and_the_port() throws Exception {
    var first = servers.start(folder());
    Servers.execute(first, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n");
    first.stop();
    assertThat(first.isAlive()).isFalse();

    var second = servers.start(folder());

    assertThat(second.outcome()).isInstanceOf(StartedExisting.class);
    assertThat(second.address().port()).isEqualTo(first.address().port());
    assertThat(second.pid()).isNotEqualTo(first.pid());
    assertThat(Servers.ask(second, "SELECT count(*) FROM kept")).isEqualTo("1000");
  }

  @Test
  void a_server_outlives_its_killed_starter_and_is_adopted() throws Exception {
    var child = servers.startInChild(folder(), System.getProperty("java.class.path"), List.of());
    assertThat(child.outcome()).isEqualTo("StartedFresh");
    child.kill();

    var server = servers.start(folder());

    assertThat(server.outcome()).isInstanceOf(Adopted.class);
    assertThat(server.pid()).isEqualTo(child.serverPid());
    Servers.execute(server, "CREATE TABLE kept AS SELECT 1 AS n");
    assertThat(servers.start(folder()).pid()).isEqualTo(child.serverPid());
    assertThat(Servers.ask(server, "SELECT count(*) FROM kept")).isEqualTo("1");
  }

  @Test
  void a_server_runs_in_a_session_of_its_own() throws Exception {
    var server = servers.start(folder());

    var stat = Files.readString(Path.of("/proc", Long.toString(server.pid()), "stat"));
    var afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    assertThat(afterName[3]).as("session id").isEqualTo(Long.toString(server.pid()));
  }

  @Test
  void an_adopted_server_takes_the_parameters_that_it_can() throws Exception {
    var first = servers.start(folder());
    var settings =
        new EmbeddedSettings(folder(), 0, Map.of("work_mem", "7MB"), Duration.ofSeconds(30));

    var second = servers.start(settings);

    assertThat(second.pid()).isEqualTo(first.pid());
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> Servers.ask(second, "SHOW work_mem").equals("7MB"));
  }

  @Test
  void a_killed_server_recovers_what_was_committed() throws Exception {
    var first = servers.start(folder());
    Servers.execute(first, "CREATE TABLE kept AS SELECT generate_series(1, 5000) AS n");
    Servers.kill(first.pid());

    var second = servers.start(folder());

    assertThat(second.outcome()).isInstanceOf(StartedExisting.class);
    assertThat(Servers.ask(second, "SELECT count(*) FROM kept")).isEqualTo("5000");
  }

  @Test
  void an_orphan_that_does_not_answer_is_stopped_and_started_again() throws Exception {
    var first = servers.start(folder());
    Servers.execute(first, "CREATE TABLE kept AS SELECT 1 AS n");
    var pidFile = first.dataFolder().resolve("postmaster.pid");
    var port = Integer.toString(first.address().port());
    Files.writeString(pidFile, Files.readString(pidFile).replace("\n" + port + "\n", "\n1\n"));

    var second = servers.start(folder());

    assertThat(second.outcome()).isInstanceOf(StartedExisting.class);
    assertThat(first.isAlive()).isFalse();
    assertThat(Servers.ask(second, "SELECT count(*) FROM kept")).isEqualTo("1");
  }

  @Test
  void a_pid_file_whose_number_went_to_another_process_does_not_hinder_a_start() throws Exception {
    var first = servers.start(folder());
    var pidFile = first.dataFolder().resolve("postmaster.pid");
    var text = Files.readString(pidFile);
    Servers.kill(first.pid());
    Files.writeString(
        pidFile, text.replaceFirst("^[0-9]+", Long.toString(ProcessHandle.current().pid())));

    assertThat(servers.start(folder()).outcome()).isInstanceOf(StartedExisting.class);
  }

  @Test
  void a_folder_name_is_never_read_as_anything_else() throws Exception {
    var odd = temp.resolve("it's a %d; --store & 'more'");

    var first = servers.start(odd);

    assertThat(servers.start(odd).pid()).isEqualTo(first.pid());
    assertThat(Servers.ask(first, "SHOW data_directory")).isEqualTo(first.dataFolder().toString());
    first.stop();
    assertThat(servers.start(odd).outcome()).isInstanceOf(StartedExisting.class);
  }

  @Test
  void two_starts_at_the_same_time_share_one_server() throws Exception {
    Callable<EmbeddedPostgres> start = () -> servers.start(folder());
    try (var threads = Executors.newFixedThreadPool(2)) {
      var both = threads.invokeAll(List.of(start, start));
      var one = both.getFirst().get();
      var other = both.getLast().get();

      assertThat(one.pid()).isEqualTo(other.pid());
      assertThat(List.of(one.outcome(), other.outcome()))
          .containsExactlyInAnyOrder(new StartedFresh(), new Adopted());
    }
  }

  @Test
  void a_taken_port_is_replaced_and_the_replacement_remembered() throws Exception {
    int replacement;
    int wish;
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      wish = taken.getLocalPort();
      var server = servers.start(new EmbeddedSettings(folder(), wish, Map.of(), LIMIT));
      replacement = server.address().port();
      assertThat(replacement).isNotEqualTo(wish);
      server.stop();
    }

    var again = servers.start(new EmbeddedSettings(folder(), wish, Map.of(), LIMIT));
    assertThat(again.address().port()).isEqualTo(replacement);
    again.stop();

    try (var _ = new ServerSocket(replacement, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      var third = servers.start(new EmbeddedSettings(folder(), wish, Map.of(), LIMIT));
      assertThat(third.address().port()).isEqualTo(wish);
    }
  }

  @Test
  void nothing_but_loopback_listens() throws Exception {
    var server = servers.start(folder());
    var port = String.format(":%04X", server.address().port());

    var listening = new java.util.ArrayList<String>();
    for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (var line : Files.readAllLines(Path.of(table))) {
        var fields = line.strip().split("\\s+");
        if (fields[1].endsWith(port) && fields[3].equals("0A")) {
          listening.add(fields[1]);
        }
      }
    }

    assertThat(listening).containsExactly("0100007F" + port);
  }

  @Test
  void nobody_gets_in_without_the_password() throws Exception {
    var url = servers.start(folder()).address().jdbcUrl("postgres");

    for (var user : List.of("tranche", "postgres")) {
      assertThatThrownBy(() -> DriverManager.getConnection(url, user, "wrong").close())
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThatThrownBy(() -> DriverManager.getConnection(url + "?user=" + user).close())
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("no password was provided");
    }
  }

  @Test
  void the_password_is_in_one_file_and_in_no_process_list() throws Exception {
    var server = servers.start(folder());
    var password = server.address().password().reveal();
    assertThatThrownBy(
            () -> Servers.execute(server, "CREATE ROLE tranche LOGIN PASSWORD 'canary-7f3a'"))
        .hasMessageContaining("already exists");
    Servers.execute(server, "CREATE ROLE app LOGIN PASSWORD 'canary-7f3a'");
    Servers.execute(server, "CHECKPOINT");

    assertThat(Files.getPosixFilePermissions(folder().resolve("password")))
        .hasToString("[OWNER_READ, OWNER_WRITE]");
    assertThat(filesWith(password)).containsExactly(folder().toRealPath().resolve("password"));
    assertThat(filesWith("canary-7f3a")).isEmpty();
    assertThat(filesWith("already exists")).as("the log is being written").isNotEmpty();
    assertThat(server.address().toString()).doesNotContain(password);
    var processes =
        ProcessHandle.allProcesses()
            .map(process -> process.info().commandLine().orElse(""))
            .collect(Collectors.joining("\n"));
    assertThat(processes).contains("bin/postgres").doesNotContain(password);
    var environment = Path.of("/proc", Long.toString(server.pid()), "environ");
    assertThat(Files.readString(environment)).doesNotContain(password).doesNotContain("HOME=");
  }

  private List<Path> filesWith(String text) throws IOException {
    var root = folder().toRealPath();
    try (var tree = Files.walk(root)) {
      return tree.filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(root.resolve("bin-" + Layout.BINARIES_VERSION)))
          .filter(file -> contains(file, text))
          .toList();
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      var content = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
      return content.contains(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
