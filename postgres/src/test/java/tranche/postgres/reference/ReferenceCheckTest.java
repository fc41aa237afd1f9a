package tranche.postgres.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.reference.ReferenceResult;
import tranche.core.reference.StoreReference;
import tranche.postgres.database.Connector;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.DatabaseAddress;
import tranche.postgres.database.DatabaseDirectory;
import tranche.postgres.database.IfMissing;
import tranche.postgres.database.Login;
import tranche.postgres.database.Server;
import tranche.postgres.database.SslMode;
import tranche.postgres.reference.ReferenceCheck.Limits;
import tranche.postgres.testing.PostgresForTests;

class ReferenceCheckTest {
  private static final StoreReference PLAN = new StoreReference("orders", "plan_id", "plans", "id");

  private final DatabaseId shared = new DatabaseId("shared_db");
  private final DatabaseId apart = new DatabaseId("apart_db");
  private final String sharedName = PostgresForTests.freshName("refs_shared");
  private final String apartName = PostgresForTests.freshName("refs_apart");
  private final DatabaseDirectory directory =
      id -> access(id, id.equals(shared) ? sharedName : apartName);

  private static DatabaseAccess access(DatabaseId id, String name) {
    var server = PostgresForTests.address();
    return new DatabaseAccess(
        id,
        new DatabaseAddress(new Server(server.host(), server.port(), SslMode.DISABLE), name),
        new Login(server.user(), server.password()),
        Optional.empty(),
        IfMissing.FAIL);
  }

  private void run(DatabaseId database, String... statements) throws SQLException {
    DatabaseAccess access = directory.access(database);
    try (Connection connection =
            Connector.open(access.address(), access.admin(), Duration.ofMinutes(1));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private void admin(String... statements) throws SQLException {
    DatabaseAccess access = access(shared, "postgres");
    try (Connection connection =
            Connector.open(access.address(), access.admin(), Duration.ofMinutes(1));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @BeforeEach
  void databases() throws SQLException {
    admin("CREATE DATABASE " + sharedName, "CREATE DATABASE " + apartName);
    run(
        shared,
        "CREATE SCHEMA shared",
        "CREATE TABLE shared.plans (id integer PRIMARY KEY)",
        "INSERT INTO shared.plans SELECT generate_series(1, 100)");
    for (DatabaseId database : new DatabaseId[] {shared, apart}) {
      run(
          database,
          "CREATE SCHEMA good",
          "CREATE TABLE good.orders (id bigint, plan_id bigint)",
          "INSERT INTO good.orders SELECT g, 1 + g % 100 FROM generate_series(1, 1000) g",
          "INSERT INTO good.orders VALUES (0, NULL)",
          "CREATE SCHEMA bad",
          "CREATE TABLE bad.orders (id bigint, plan_id bigint)",
          "INSERT INTO bad.orders SELECT g, 91 + g % 20 FROM generate_series(1, 1000) g",
          "CREATE SCHEMA older");
    }
  }

  @AfterEach
  void drop() throws SQLException {
    admin(
        "DROP DATABASE " + sharedName + " WITH (FORCE)",
        "DROP DATABASE " + apartName + " WITH (FORCE)");
  }

  private ReferenceResult check(Limits limits, DatabaseId database, String schema) {
    try (var check = new ReferenceCheck(directory, limits, System::nanoTime)) {
      return check.check(PLAN, new StoreId(database, schema), new StoreId(shared, "shared"));
    }
  }

  @Test
  void in_one_database_and_between_two_the_same_is_found() {
    for (DatabaseId database : new DatabaseId[] {shared, apart}) {
      assertThat(check(Limits.ORDINARY, database, "good")).isEqualTo(new ReferenceResult.Whole(0));
      assertThat(check(Limits.ORDINARY, database, "bad")).isEqualTo(new ReferenceResult.Whole(10));
    }
  }

  @Test
  void values_go_over_in_batches_and_each_once() {
    Limits small = new Limits(Duration.ofSeconds(30), 1_000, 7);

    assertThat(check(small, apart, "bad")).isEqualTo(new ReferenceResult.Whole(10));
    assertThat(check(small, apart, "good")).isEqualTo(new ReferenceResult.Whole(0));
  }

  @Test
  void a_limit_of_values_is_said() {
    assertThat(check(new Limits(Duration.ofSeconds(30), 14, 7), apart, "bad"))
        .isEqualTo(new ReferenceResult.Partly(4, "the first 14 values"));
  }

  @Test
  void a_limit_of_time_is_said() throws SQLException {
    run(shared, "CREATE SCHEMA slow");
    run(
        shared,
        "CREATE VIEW slow.orders AS SELECT 1 AS plan_id FROM (SELECT pg_sleep(60) OFFSET 0) s");

    assertThat(check(new Limits(Duration.ofMillis(300), 10, 10), shared, "slow"))
        .isEqualTo(new ReferenceResult.Partly(0, "the time was over"));
  }

  @Test
  void a_store_that_has_no_such_table_yet_has_nothing_to_compare() {
    assertThat(check(Limits.ORDINARY, apart, "older"))
        .isInstanceOfSatisfying(
            ReferenceResult.Nothing.class,
            nothing -> assertThat(nothing.why()).contains("older", "orders.plan_id"));
  }

  @Test
  void values_that_refer_to_a_table_that_is_gone_are_all_missing() throws SQLException {
    run(shared, "DROP TABLE shared.plans");

    for (DatabaseId database : new DatabaseId[] {shared, apart}) {
      assertThat(check(Limits.ORDINARY, database, "bad")).isEqualTo(new ReferenceResult.Whole(20));
    }
  }

  @Test
  void texts_are_compared_as_texts_whatever_they_hold() throws SQLException {
    run(
        shared,
        "CREATE TABLE shared.names (name text PRIMARY KEY)",
        "INSERT INTO shared.names VALUES ('a''b'), ('{x,y}'), ('')");
    run(
        apart,
        "CREATE TABLE good.named (name varchar(20))",
        "INSERT INTO good.named VALUES ('a''b'), ('{x,y}'), (''), ('\"gone')");
    try (var check = new ReferenceCheck(directory, Limits.ORDINARY, System::nanoTime)) {
      assertThat(
              check.check(
                  new StoreReference("named", "name", "names", "name"),
                  new StoreId(apart, "good"),
                  new StoreId(shared, "shared")))
          .isEqualTo(new ReferenceResult.Whole(1));
    }
  }
}
