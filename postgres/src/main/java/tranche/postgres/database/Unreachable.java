package tranche.postgres.database;

import java.sql.SQLException;
import tranche.core.fleet.DatabaseId;
import tranche.core.problem.ProblemException;
import tranche.engine.schema.SchemaProblem.DatabaseUnreachable;

/// Makes a problem of a connection that cannot be had or was lost.
public final class Unreachable {
  private Unreachable() {}

  /// The problem for an error while connecting. What the server refuses stays refused until
  /// somebody changes something; everything else may pass.
  public static ProblemException connecting(DatabaseId database, SQLException error) {
    boolean canPass = SqlState.of(error) == SqlState.CONNECTION;
    return new ProblemException(
        new DatabaseUnreachable(database.value(), SqlState.message(error), canPass), error);
  }

  /// Whether that problem came from the server's word that there is no such database.
  public static boolean isMissingDatabase(ProblemException thrown) {
    return thrown.getCause() instanceof SQLException error
        && SqlState.of(error) == SqlState.NO_DATABASE;
  }

  /// The problem for something that was interrupted, which can be taken up again.
  public static ProblemException interrupted(DatabaseId database, String during) {
    return new DatabaseUnreachable(database.value(), "interrupted while " + during, true)
        .exception();
  }

  /// The problem for a database as it is now: somebody has to change something.
  public static ProblemException unfit(DatabaseId database, String reason) {
    return new DatabaseUnreachable(database.value(), reason, false).exception();
  }
}
