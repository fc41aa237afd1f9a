package tranche.postgres.fanout;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import tranche.core.fleet.StoreId;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.DatabaseDirectory;
import tranche.postgres.database.Identifier;

/// Runs the statement of a hook in a store: over a connection of its own, in a transaction, with
/// the store's schema in front of the search path.
public final class HookStatement {
  private static final Duration BEYOND_STATEMENT = Duration.ofSeconds(10);

  private final DatabaseDirectory directory;

  /// Connects to nothing yet.
  public HookStatement(DatabaseDirectory directory) {
    this.directory = directory;
  }

  /// Runs it to the end.
  ///
  /// @param limit how long each of its statements may take
  /// @return what the database said if it refused it, without values of rows
  /// @throws tranche.core.problem.ProblemException if the database cannot be reached
  public Optional<String> run(StoreId store, String sql, Duration limit) {
    DatabaseAccess access = directory.access(store.database());
    try (Session session = Session.open(access, limit.plus(BEYOND_STATEMENT), "tranche hook")) {
      // For the session and not for the transaction, which the statement may end.
      String limits =
          "SET statement_timeout='%dms';SET search_path=%s,pg_temp"
              .formatted(limit.toMillis(), Identifier.quote(store.schema()));
      Answer answer = session.send(limits);
      if (answer instanceof Answer.Done) {
        answer = session.send("BEGIN;" + sql + "\n;COMMIT");
      }
      if (answer instanceof Answer.Refused(var error, _)) {
        session.rollBack();
        return Optional.of(ErrorPlace.message(error));
      }
      return Optional.empty();
    } catch (SQLException e) {
      throw ConnectProblems.of(access, e);
    }
  }
}
