package tranche.bench.contest;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// The least that the work can cost: what somebody would write by hand for exactly these migrations
/// and no others. No tool can be faster without changing what is done.
///
/// A store is changed in one transaction that also writes its row of history, and all of that goes
/// to the server as one message. There is one history table per database, read with one statement.
/// There is no lock, no checksum, no comparison, no way to resume.
public record Floor(int connections) implements Contestant {
  private static final String HISTORY =
      """
      CREATE TABLE IF NOT EXISTS public.floor_history (
        store text NOT NULL,
        version integer NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (store, version))
      """;
  private static final String BEHIND =
      """
      SELECT count(*)
      FROM pg_namespace n
      WHERE starts_with(n.nspname, 'tenant_')
        AND NOT EXISTS (
          SELECT FROM public.floor_history h WHERE h.store = n.nspname AND h.version >= ?)
      """;

  @Override
  public String tool() {
    return "floor";
  }

  @Override
  public void apply(Fleet fleet, Stage stage) throws SQLException, InterruptedException {
    if (pending(fleet, stage) == 0) {
      return;
    }
    Workers.shifts(
        connections,
        fleet.schemas(),
        queue -> {
          try (Connection connection = fleet.connect("preferQueryMode=simple");
              Statement statement = connection.createStatement()) {
            for (String store = queue.poll(); store != null; store = queue.poll()) {
              statement.execute(message(store, stage));
            }
          }
        });
  }

  @Override
  public int pending(Fleet fleet, Stage stage) throws SQLException {
    try (Connection connection = fleet.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(HISTORY);
      try (var query = connection.prepareStatement(BEHIND)) {
        query.setInt(1, stage.version());
        try (var result = query.executeQuery()) {
          result.next();
          return result.getInt(1);
        }
      }
    }
  }

  /// Several statements in one message of the simple protocol are one transaction.
  private static String message(String store, Stage stage) {
    return "SET LOCAL search_path TO %s;\n%sINSERT INTO public.floor_history VALUES ('%s', %d)"
        .formatted(store, stage.script(), store, stage.version());
  }
}
