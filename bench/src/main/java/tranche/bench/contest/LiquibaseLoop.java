package tranche.bench.contest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.ui.ConsoleUIService;

/// Liquibase called once per schema in one process and one thread, over a pool. Several threads in
/// one process are not measured: with them it waits for ever for its own lock. What it tells its
/// user about every schema goes nowhere, as does its log.
public record LiquibaseLoop() implements Contestant {
  private static final int POOL = 2;

  /// What Liquibase is asked to do with one schema.
  @FunctionalInterface
  private interface Call {
    void on(Liquibase liquibase) throws LiquibaseException;
  }

  @Override
  public String tool() {
    return "liquibase";
  }

  @Override
  public int connections() {
    return 1;
  }

  @Override
  public void apply(Fleet fleet, Stage stage) throws SQLException {
    eachStore(fleet, stage, liquibase -> liquibase.update(new Contexts(), new LabelExpression()));
  }

  @Override
  public int pending(Fleet fleet, Stage stage) throws SQLException {
    var behind = new AtomicInteger();
    eachStore(
        fleet,
        stage,
        liquibase -> {
          if (!liquibase.listUnrunChangeSets(new Contexts(), new LabelExpression()).isEmpty()) {
            behind.incrementAndGet();
          }
        });
    return behind.get();
  }

  private static void eachStore(Fleet fleet, Stage stage, Call call) throws SQLException {
    hush();
    try (HikariDataSource pool = fleet.pool(POOL)) {
      for (String schema : fleet.schemas()) {
        oneStore(pool, schema, fleet.migrations(), stage, call);
      }
    } catch (LiquibaseException | IOException e) {
      throw new SQLException("Liquibase failed", e);
    }
  }

  private static void hush() {
    if (Scope.getCurrentScope().getUI() instanceof ConsoleUIService console) {
      console.setOutputStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    }
  }

  private static void oneStore(
      DataSource pool, String schema, Migrations migrations, Stage stage, Call call)
      throws SQLException, LiquibaseException, IOException {
    var files = new DirectoryResourceAccessor(migrations.liquibase(stage));
    try (Connection connection = pool.getConnection()) {
      connection.setSchema(schema);
      Database database =
          DatabaseFactory.getInstance()
              .findCorrectDatabaseImplementation(new JdbcConnection(connection));
      database.setDefaultSchemaName(schema);
      database.setLiquibaseSchemaName(schema);
      try (Liquibase liquibase = new Liquibase(migrations.changelog(), files, database)) {
        liquibase.setShowSummary(UpdateSummaryEnum.OFF);
        call.on(liquibase);
      }
    }
  }
}
