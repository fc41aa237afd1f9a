package tranche.e2e.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tranche.e2e.harness.Databases;

/// Looks again and again at what every user of the machine, or of the database server, can see: the
/// arguments and environments of all processes that belong to a folder, and the sessions.
final class Watch implements AutoCloseable {
  private static final long PERIOD_MILLIS = 250;
  private static final String SESSIONS =
      "SELECT concat_ws(' ', usename, application_name, query) FROM pg_stat_activity";

  private final Path folder;
  private final Databases databases;
  private final Evidence evidence;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Future<?> looks;

  private Watch(Path folder, Databases databases, Evidence evidence) {
    this.folder = folder;
    this.databases = databases;
    this.evidence = evidence;
    this.looks = timer.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  static Watch start(Path folder, Databases databases, Evidence evidence) {
    return new Watch(folder, databases, evidence);
  }

  private void look() {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      all.filter(p -> p.getFileName().toString().matches("\\d+")).forEach(this::process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sessions();
  }

  private void process(Path process) {
    String arguments = text(process.resolve("cmdline"));
    String environment = text(process.resolve("environ"));
    if ((arguments + environment).contains(folder.toString())) {
      String name = process.getFileName() + " " + arguments.strip();
      evidence.add("arguments of " + name, arguments);
      // The variables that name passwords are the control plane's own; nobody else is to have them.
      if (!arguments.contains(" up --config")) {
        evidence.add("environment of " + name, environment);
      }
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' ');
    } catch (IOException _) {
      // It has ended meanwhile.
      return "";
    }
  }

  private void sessions() {
    try {
      List<String> rows = databases.texts("postgres", SESSIONS);
      rows.forEach(row -> evidence.add("session " + Integer.toHexString(row.hashCode()), row));
    } catch (SQLException e) {
      // The server is started again by the test; what it logs about that is looked at as well.
      evidence.add("sessions could not be read", String.valueOf(e.getMessage()));
    }
  }

  /// Returns when the last look is over. A watch that could not look on saw too little.
  @Override
  public void close() {
    boolean isBroken = looks.isDone();
    looks.cancel(false);
    timer.close();
    if (isBroken) {
      throw new AssertionError("the watch had ended", looks.exceptionNow());
    }
  }
}
