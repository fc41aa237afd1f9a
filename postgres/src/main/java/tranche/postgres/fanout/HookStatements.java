package tranche.postgres.fanout;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tranche.core.fleet.StoreId;
import tranche.core.problem.ProblemException;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.DatabaseDirectory;
import tranche.postgres.database.Identifier;
import tranche.postgres.fanout.StoreChangeProblem.HookStatementFailed;

/// Runs the SQL of hooks: each in a transaction of its own, over a connection of its own that is
/// closed afterwards. So a hook holds no lock while migrations run, and leaves nothing behind in a
/// session that is used again. Safe for any number of threads.
public final class HookStatements {
  private static final Duration BEYOND_STATEMENT = Duration.ofSeconds(5);
  private static final String NAME = "tranche hook";

  private final DatabaseDirectory directory;
  private final List<String> searchPath;

  /// Connects to nothing yet.
  ///
  /// @param searchPath further schemas that unqualified names may come from, after the store's own
  public HookStatements(DatabaseDirectory directory, List<String> searchPath) {
    this.directory = directory;
    this.searchPath = List.copyOf(searchPath);
  }

  /// Runs one statement in a store and commits.
  ///
  /// @param limit how long it may take, waiting for locks included; at least a millisecond
  /// @throws ProblemException [StoreChangeProblem.HookStatementFailed] if the server refused it or
  ///   it took too long, then nothing of it stays; another one if the database cannot be reached
  public void run(StoreId store, String sql, Duration limit) {
    if (limit.toMillis() < 1 || limit.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a limit of " + limit);
    }
    DatabaseAccess access = directory.access(store.database());
    try (Session session = Session.open(access, limit.plus(BEYOND_STATEMENT), NAME)) {
      require(session.send(limits(limit) + enter(store)), store);
      require(session.send("BEGIN"), store);
      require(session.send(sql), store);
      require(session.send("COMMIT"), store);
    } catch (SQLException e) {
      throw ConnectProblems.of(access, e);
    }
  }

  private static String limits(Duration limit) {
    return "SET statement_timeout=%1$d;SET idle_in_transaction_session_timeout=%1$d;"
        .formatted(limit.toMillis());
  }

  private String enter(StoreId store) {
    List<String> path = new ArrayList<>(List.of(Identifier.quote(store.schema())));
    searchPath.forEach(schema -> path.add(Identifier.quote(schema)));
    path.add("pg_temp");
    return "SET search_path=" + String.join(",", path);
  }

  private static void require(Answer answer, StoreId store) {
    if (answer instanceof Answer.Refused(var error, _)) {
      // Without the error as its cause: that quotes the values of rows.
      throw new HookStatementFailed(store, ErrorPlace.message(error)).exception();
    }
  }
}
