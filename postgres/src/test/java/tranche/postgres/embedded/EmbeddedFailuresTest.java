package tranche.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tranche.postgres.embedded.EmbeddedProblem.DiskFull;
import tranche.postgres.embedded.EmbeddedProblem.FolderBusy;
import tranche.postgres.embedded.EmbeddedProblem.FolderUnusable;
import tranche.postgres.embedded.EmbeddedProblem.InitFailed;
import tranche.postgres.embedded.EmbeddedProblem.OtherMajorVersion;
import tranche.postgres.embedded.EmbeddedProblem.ParameterRefused;
import tranche.postgres.embedded.EmbeddedProblem.PasswordRefused;
import tranche.postgres.embedded.EmbeddedProblem.StartFailed;
import tranche.postgres.embedded.EmbeddedProblem.StartTooSlow;

final class EmbeddedFailuresTest {
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

  private EmbeddedSettings with(Map<String, String> parameters) {
    return new EmbeddedSettings(folder(), 0, parameters, LIMIT);
  }

  private Optional<Postmaster> running() throws IOException {
    return Postmaster.running(new Layout(folder().toRealPath()));
  }

  @Test
  void a_folder_below_a_file_is_unusable() throws Exception {
    var file = Files.createFile(temp.resolve("file"));

    var problem = servers.failToStart(EmbeddedSettings.in(file.resolve("store")));

    assertThat(problem).isInstanceOf(FolderUnusable.class);
    assertThat(problem.what()).contains(file.resolve("store").toString());
  }

  @Test
  void a_folder_that_nobody_can_write_is_unusable() {
    assertThat(servers.failToStart(EmbeddedSettings.in(Path.of("/proc/tranche"))))
        .isInstanceOf(FolderUnusable.class);
    assertThat(servers.failToStart(EmbeddedSettings.in(Path.of("/proc/self"))))
        .isInstanceOf(FolderUnusable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$(touch owned)", "`touch owned`", "a\"b", "a\\b", "a\nb"})
  void a_folder_name_that_a_shell_would_carry_out_is_refused(String name) throws Exception {
    var problem = servers.failToStart(EmbeddedSettings.in(temp.resolve(name)));

    assertThat(problem).isInstanceOf(FolderUnusable.class);
    try (var content = Files.list(temp)) {
      assertThat(content).isEmpty();
    }
  }

  @Test
  void a_start_waits_for_another_one_only_so_long() throws Exception {
    var layout = Layout.prepared(folder());
    try (var _ = StartLock.take(layout.lock(), LIMIT)) {
      var hasty = new EmbeddedSettings(folder(), 0, Map.of(), Duration.ofMillis(200));

      assertThat(servers.failToStart(hasty)).isInstanceOf(FolderBusy.class);
    }
  }

  @Test
  void data_of_another_major_version_is_left_alone() throws Exception {
    var data = Files.createDirectories(folder().resolve("data"));
    Files.writeString(data.resolve("PG_VERSION"), "17\n");

    var problem = servers.failToStart(EmbeddedSettings.in(folder()));

    assertThat(problem).isInstanceOf(OtherMajorVersion.class);
    assertThat(problem.what()).contains("PostgreSQL 17");
    try (var content = Files.list(data)) {
      assertThat(content).hasSize(1);
    }
  }

  @Test
  void a_lost_or_foreign_password_is_reported_and_no_server_stays_behind() throws Exception {
    var server = servers.start(folder());
    var file = folder().resolve("password");
    var kept = Files.readString(file);

    Files.writeString(file, "another\n");
    assertThat(servers.failToStart(with(Map.of()))).isInstanceOf(PasswordRefused.class);
    assertThat(server.isAlive()).as("a server in use is not stopped for that").isTrue();
    server.stop();
    assertThat(servers.failToStart(with(Map.of()))).isInstanceOf(PasswordRefused.class);
    assertThat(running()).isEmpty();
    Files.delete(file);
    assertThat(servers.failToStart(with(Map.of()))).isInstanceOf(PasswordRefused.class);
    assertThat(running()).isEmpty();

    Files.writeString(file, kept);
    assertThat(servers.start(folder()).isAlive()).isTrue();
  }

  @Test
  void a_start_that_is_too_slow_is_taken_back() throws Exception {
    servers.start(folder()).stop();

    var hasty = new EmbeddedSettings(folder(), 0, Map.of(), Duration.ofMillis(1));
    var problem = servers.failToStart(hasty);

    assertThat(problem).isInstanceOf(StartTooSlow.class);
    assertThat(running()).isEmpty();
    assertThat(servers.start(folder()).isAlive()).isTrue();
  }

  @Test
  void what_the_server_says_about_its_end_is_passed_on() {
    var problem = servers.failToStart(with(Map.of("no_such_parameter", "1")));

    assertThat(problem).isInstanceOf(StartFailed.class);
    assertThat(problem.what()).contains("unrecognized configuration parameter");
  }

  @ParameterizedTest
  @CsvSource({
    "fsync, off",
    "listen_addresses, *",
    "port, 5432",
    "log_statement, all",
    "'x = 1\ny', 1",
    "work_mem, '4MB\nfsync = off'"
  })
  void parameters_that_would_harm_are_refused_before_anything_is_made(String name, String value) {
    assertThat(servers.failToStart(with(Map.of(name, value)))).isInstanceOf(ParameterRefused.class);
    assertThat(folder().resolve("data")).doesNotExist();
  }

  @Test
  void a_quote_in_a_value_stays_inside_the_value() throws Exception {
    var server = servers.start(with(Map.of("search_path", "\"it's\", 'a\\b'")));

    assertThat(Servers.ask(server, "SHOW search_path")).isEqualTo("\"it's\", 'a\\b'");
  }

  @Test
  void a_failed_initdb_leaves_no_data_and_says_why() throws Exception {
    replaceInitdb("something is wrong here");

    var problem = servers.failToStart(EmbeddedSettings.in(folder()));

    assertThat(problem).isInstanceOf(InitFailed.class);
    assertThat(problem.what()).contains("code 3", "something is wrong here");
    try (var content = Files.list(folder())) {
      assertThat(content.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("data"));
    }
  }

  @Test
  void a_disk_that_fills_up_is_called_by_its_name() throws Exception {
    replaceInitdb("could not write: No space left on device");

    assertThat(servers.failToStart(EmbeddedSettings.in(folder()))).isInstanceOf(DiskFull.class);
  }

  @Test
  void damaged_programs_are_unpacked_again() throws Exception {
    servers.start(folder()).stop();
    var program = folder().resolve("bin-" + Layout.BINARIES_VERSION).resolve("bin/postgres");
    Files.write(program, new byte[0]);

    assertThat(servers.start(folder()).isAlive()).isTrue();
    assertThat(Files.size(program)).isPositive();
  }

  private void replaceInitdb(String message) throws IOException {
    var layout = Layout.prepared(folder());
    Binaries.ensure(layout);
    var program = layout.program("initdb");
    Files.writeString(program, "#!/bin/sh\necho '" + message + "'\nexit 3\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        layout.binaries().resolve(Binaries.MARKER), Binaries.measure(layout.binaries()));
  }
}
