package tranche.bench.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import tranche.bench.contest.Fleet;
import tranche.bench.contest.Stage;

/// Looks into the catalog whether the work was really done, whatever the tool says.
public final class Inspection {
  private static final int PER_STORE = 3;

  private Inspection() {}

  /// Compares what is there with what the stage brings.
  ///
  /// @param who is named when something is missing
  /// @throws IllegalStateException when a store lacks something
  /// @throws SQLException when the server does not answer
  public static void require(Fleet fleet, Stage stage, String who) throws SQLException {
    try (Connection connection = fleet.connect();
        Statement statement = connection.createStatement();
        var result =
            statement.executeQuery(
                """
                SELECT count(*)
                FROM pg_attribute a
                JOIN pg_class c ON c.oid = a.attrelid
                WHERE (c.relname, a.attname) IN (%s)
                """
                    .formatted(columns(stage)))) {
      result.next();
      int found = result.getInt(1);
      int wanted = PER_STORE * fleet.schemas().size();
      if (found != wanted) {
        throw new IllegalStateException(
            "%s: %d of %d changes are there after %s".formatted(who, found, wanted, stage.title()));
      }
    }
  }

  /// One column for each statement; that of an index stands for the index.
  private static String columns(Stage stage) {
    return switch (stage) {
      case FIRST -> "('label', 'name'), ('label_name', 'name'), ('ticket', 'label_id')";
      case FURTHER ->
          "('reminder', 'due_on'), ('reminder_due_on', 'due_on'), ('invoice', 'reminder_id')";
      case COLUMNS -> "('account', 'locale'), ('invoice', 'due_on'), ('ticket', 'priority')";
    };
  }
}
