package tranche.postgres.fanout;

import java.sql.SQLException;
import java.util.Set;
import tranche.core.fleet.DatabaseId;
import tranche.core.problem.ProblemException;
import tranche.engine.fanout.StoreProblem.ConnectionLost;
import tranche.engine.fanout.StoreProblem.NoConnectionFree;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.Identifier;
import tranche.postgres.database.SqlState;
import tranche.postgres.database.Unreachable;
import tranche.postgres.fanout.StoreChangeProblem.RightsMissing;

/// Makes problems of errors that are not about a store: no connection, no rights.
final class ConnectProblems {
  /// Too many connections for the server, the role or the database; configured limits of others.
  private static final Set<String> NO_ROOM = Set.of("53300", "53400");

  private static final String NO_RIGHTS = "42501";

  private ConnectProblems() {}

  static ProblemException of(DatabaseAccess access, SQLException error) {
    DatabaseId database = access.id();
    String state = SqlState.state(error);
    String message = SqlState.message(error);
    if (NO_ROOM.contains(state)) {
      return new ProblemException(new NoConnectionFree(database, message), error);
    }
    if (state.equals(NO_RIGHTS)) {
      return new ProblemException(rights(access, message), error);
    }
    return switch (SqlState.of(error)) {
      case CONNECTION, LOCK, CATALOG_RACE ->
          new ProblemException(new ConnectionLost(database, message), error);
      case REFUSED, NO_DATABASE, NO_TABLE, STATEMENT_TIMEOUT, NOT_IN_TRANSACTION, STATEMENT ->
          Unreachable.connecting(database, error);
    };
  }

  private static RightsMissing rights(DatabaseAccess access, String message) {
    String user = Identifier.quote(access.admin().user());
    boolean lacksDatabase = message.contains("permission denied for database");
    String statement =
        lacksDatabase
            ? "GRANT CREATE ON DATABASE "
                + Identifier.quote(access.address().name())
                + " TO "
                + user
            : "GRANT ALL ON SCHEMA tranche TO %1$s; GRANT ALL ON ALL TABLES IN SCHEMA tranche TO"
                    .formatted(user)
                + " %1$s; GRANT ALL ON ALL FUNCTIONS IN SCHEMA tranche TO %1$s".formatted(user);
    return new RightsMissing("database " + access.id(), message, statement);
  }
}
