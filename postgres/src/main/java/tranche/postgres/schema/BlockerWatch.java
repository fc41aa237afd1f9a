package tranche.postgres.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.Databases;
import tranche.postgres.database.SqlState;

/// Looks, while a session waits for a lock, at whom it waits for. Only during the wait does the
/// server know; afterwards the wait is gone.
final class BlockerWatch implements AutoCloseable {
  private static final int NAMED = 5;
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(5);

  private static final String BLOCKERS =
      """
      SELECT DISTINCT b.pid,
        coalesce(nullif(a.application_name, ''), a.backend_type, 'a prepared transaction'),
        coalesce(a.state, 'no session'),
        coalesce(extract(epoch FROM clock_timestamp() - a.query_start), 0)::bigint
      FROM unnest(pg_blocking_pids(?)) AS b(pid)
      LEFT JOIN pg_stat_activity a ON a.pid = b.pid
      ORDER BY b.pid
      """;

  private final CountDownLatch end = new CountDownLatch(1);
  private volatile String seen = "no blocker was seen";
  private final Thread thread;

  /// Begins to watch the server process `pid` on a connection of its own.
  BlockerWatch(Databases databases, DatabaseAccess access, int pid, Duration interval) {
    this.thread =
        Thread.ofVirtual()
            .name("blockers of " + pid)
            .start(() -> watch(databases, access, pid, interval));
  }

  private void watch(Databases databases, DatabaseAccess access, int pid, Duration interval) {
    try (Connection connection = databases.open(access.address(), access.admin());
        PreparedStatement statement = connection.prepareStatement(BLOCKERS)) {
      statement.setInt(1, pid);
      do {
        List<String> blockers = read(statement);
        if (!blockers.isEmpty()) {
          seen = "blocked by " + String.join(", ", blockers);
        }
      } while (!end.await(interval.toMillis(), TimeUnit.MILLISECONDS));
    } catch (SQLException e) {
      seen = "the blockers could not be read: " + SqlState.message(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> read(PreparedStatement statement) throws SQLException {
    List<String> blockers = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next() && blockers.size() < NAMED) {
        blockers.add(
            "pid %d (%s, %s, its last statement began %d s ago)"
                .formatted(rows.getInt(1), rows.getString(2), rows.getString(3), rows.getLong(4)));
      }
    }
    return blockers;
  }

  /// Who was seen, as part of a sentence.
  String blockers() {
    return seen;
  }

  @Override
  public void close() {
    end.countDown();
    try {
      boolean _ = thread.join(JOIN_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
