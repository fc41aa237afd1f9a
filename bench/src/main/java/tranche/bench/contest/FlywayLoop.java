package tranche.bench.contest;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// Flyway called once per schema, as its documentation says for many schemas: in one process, from
/// one or several threads, over one pool of connections, with Flyway's defaults.
///
/// Stores that have tables and no history are baselined on the way, because Flyway would otherwise
/// refuse them. Logging goes nowhere.
public record FlywayLoop(int connections) implements Contestant {
  /// Flyway opens a second and sometimes a third connection beside the one it was given.
  private static final int CONNECTIONS_PER_THREAD = 3;

  @Override
  public String tool() {
    return "flyway";
  }

  @Override
  public void apply(Fleet fleet, Stage stage) throws SQLException, InterruptedException {
    try (HikariDataSource pool = fleet.pool(connections * CONNECTIONS_PER_THREAD)) {
      Workers.each(
          connections, fleet.schemas(), schema -> flyway(pool, fleet, schema, stage).migrate());
    }
  }

  @Override
  public int pending(Fleet fleet, Stage stage) throws SQLException, InterruptedException {
    var behind = new AtomicInteger();
    try (HikariDataSource pool = fleet.pool(connections * CONNECTIONS_PER_THREAD)) {
      Workers.each(
          connections,
          fleet.schemas(),
          schema -> {
            if (flyway(pool, fleet, schema, stage).info().pending().length > 0) {
              behind.incrementAndGet();
            }
          });
    }
    return behind.get();
  }

  private static Flyway flyway(DataSource source, Fleet fleet, String schema, Stage stage) {
    return Flyway.configure()
        .loggers("slf4j")
        .dataSource(source)
        .schemas(schema)
        .locations("filesystem:" + fleet.migrations().flyway(stage))
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load();
  }
}
