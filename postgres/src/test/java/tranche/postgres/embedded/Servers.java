package tranche.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import tranche.core.problem.ProblemException;

/// Starts servers and children of this test and leaves none of them behind.
final class Servers {
  private final List<Path> folders = new ArrayList<>();
  private final List<Process> children = new ArrayList<>();

  EmbeddedPostgres start(Path folder) throws InterruptedException {
    return start(EmbeddedSettings.in(folder));
  }

  EmbeddedPostgres start(EmbeddedSettings settings) throws InterruptedException {
    folders.add(settings.folder());
    return EmbeddedPostgres.start(settings);
  }

  EmbeddedProblem failToStart(EmbeddedSettings settings) {
    folders.add(settings.folder());
    var thrown =
        catchThrowableOfType(ProblemException.class, () -> EmbeddedPostgres.start(settings));
    assertThat(thrown).as("start of %s", settings.folder()).isNotNull();
    return (EmbeddedProblem) thrown.problem();
  }

  /// A JVM of its own that starts the server of the folder and then waits to be killed.
  Child startInChild(Path folder, String classPath, List<String> prefix) throws IOException {
    folders.add(folder);
    var command = new ArrayList<>(prefix);
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-cp", classPath, StartInChild.class.getName(), folder.toString()));
    var process =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    children.add(process);
    var said = new BufferedReader(process.inputReader(StandardCharsets.UTF_8)).readLine();
    assertThat(said).as("what the child said").isNotNull();
    var words = said.split(" ");
    return new Child(process, words[0], Long.parseLong(words[1]));
  }

  record Child(Process process, String outcome, long serverPid) {
    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }

  static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !isAlive(pid));
  }

  /// A killed process stays listed until its parent takes notice, but without a command line.
  private static boolean isAlive(long pid) throws IOException {
    var commandLine = Path.of("/proc", Long.toString(pid), "cmdline");
    return Files.exists(commandLine) && !Files.readString(commandLine).isEmpty();
  }

  static Connection connect(EmbeddedPostgres server) throws SQLException {
    var address = server.address();
    return DriverManager.getConnection(
        address.jdbcUrl("postgres"), address.user(), address.password().reveal());
  }

  static void execute(EmbeddedPostgres server, String sql) throws SQLException {
    try (var connection = connect(server);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String ask(EmbeddedPostgres server, String sql) throws SQLException {
    try (var connection = connect(server);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  void stopAll() throws IOException, InterruptedException {
    for (var child : children) {
      child.destroyForcibly().waitFor();
    }
    for (var folder : folders) {
      if (Files.isDirectory(folder.resolve("data"))) {
        Shutdown.stop(new Layout(folder.toRealPath()));
      }
    }
  }
}
