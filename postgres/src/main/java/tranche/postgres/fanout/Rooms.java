package tranche.postgres.fanout;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tranche.engine.fanout.ServerRoom;

/// Asks a server what it has room for. Works for roles without any special right; what such a role
/// may not see (the lag of replicas) is then left out.
final class Rooms {
  private static final String READ =
      """
      SELECT current_setting('max_connections')::bigint
          - current_setting('superuser_reserved_connections')::bigint
          - coalesce(current_setting('reserved_connections', true), '0')::bigint,
        (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
        current_setting('max_locks_per_transaction'),
        (SELECT (extract(epoch FROM max(replay_lag)) * 1000)::bigint FROM pg_stat_replication),
        (SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted)\
      """;

  private Rooms() {}

  static ServerRoom read(Session session) throws SQLException {
    Session.Row row = session.rows(READ).getFirst();
    @Nullable String lag = row.textOrNull(3);
    return new ServerRoom(
        Math.toIntExact(row.number(0)),
        Math.toIntExact(row.number(1)),
        Math.toIntExact(row.number(2)),
        Optional.ofNullable(lag).map(Long::parseLong).map(Duration::ofMillis),
        Math.toIntExact(row.number(4)));
  }
}
