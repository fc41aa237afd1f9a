package tranche.app.cases;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;

/// Plays a case and writes down what it sees.
final class CaseRun implements AutoCloseable {
  private final CaseFolder folder;
  private final CaseDatabase database;
  private final CaseFanout fanout;
  private final StringBuilder seen = new StringBuilder();
  private @Nullable CaseWriters writers;
  private @Nullable Connection holding;

  CaseRun(CaseFolder folder, CaseDatabase database) {
    this.folder = folder;
    this.database = database;
    this.fanout = new CaseFanout(folder, database);
  }

  /// All of it.
  String play() throws IOException, SQLException, InterruptedException {
    sql("before.sql");
    for (CaseStep step : folder.steps()) {
      play(step);
    }
    if (writers != null) {
      seen.append(writers.end(folder.properties().getProperty("count")));
    }
    CaseView view = new CaseView(database, folder.stores());
    seen.append(view.histories()).append(view.flyway()).append(view.structures());
    for (String query : folder.text("look.sql").lines().toList()) {
      seen.append(view.look(query));
    }
    return plain(seen.toString());
  }

  private void play(CaseStep step) throws IOException, SQLException, InterruptedException {
    seen.append("> ").append(step.line()).append('\n');
    switch (step.command()) {
      case "sql" -> sql(step.argument());
      case "writers" -> {
        writers = new CaseWriters(database, folder.stores(), folder.text("writers.sql"));
        writers.start();
      }
      case "hold" -> hold(step);
      case "let-go" -> letGo();
      case String _ -> attempt(step);
    }
  }

  private void attempt(CaseStep step) throws SQLException, InterruptedException {
    try {
      seen.append(
          switch (step.command()) {
            case "apply" -> fanout.apply(step);
            case "twice" -> fanout.twice(step);
            case "revert" -> fanout.revert(step);
            case "adopt" -> fanout.adopt(step);
            case String other -> throw new IllegalArgumentException("step '" + other + "'");
          });
    } catch (ProblemException e) {
      seen.append("  refused\n    ").append(text(e.problem())).append('\n');
    }
  }

  static String text(Problem problem) {
    return problem.code() + ": " + problem.what();
  }

  private void sql(String file) throws IOException, SQLException {
    for (CaseFolder.Part part : folder.parts(file)) {
      if (part.stores().isEmpty()) {
        database.run(part.sql());
      }
      for (String store : part.stores()) {
        database.runIn(store, part.sql());
      }
    }
  }

  private void hold(CaseStep step) throws SQLException {
    Connection other = database.open("monthly report");
    holding = other;
    CaseDatabase.execute(other, "BEGIN;" + CaseDatabase.enter(step.argument()) + step.rest());
  }

  private void letGo() throws SQLException {
    if (holding != null) {
      holding.close();
      holding = null;
    }
  }

  /// Without what is another each time: names of databases and folders, process ids, ages.
  private String plain(String text) {
    return text.replace(folder.path() + "/", "")
        .replace(folder.path().toAbsolutePath() + "/", "")
        .replace(database.address.address().name(), "DATABASE")
        .replaceAll("\\bpid \\d+", "pid N")
        // A writer may be in the way at the moment of looking, behind the one that stays.
        .replaceAll(", pid N \\(shop 1\\.0, [^)]*\\)", "")
        .replaceAll("began \\d+ s ago", "began N s ago")
        .replaceAll("\\bs-case\\d+", "RUN");
  }

  /// An enum as words.
  static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public void close() throws SQLException {
    letGo();
    if (writers != null) {
      writers.close();
    }
  }
}
