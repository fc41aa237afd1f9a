package tranche.postgres.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tranche.core.adopt.ForeignHistory;
import tranche.core.adopt.ForeignHistory.Alembic;
import tranche.core.adopt.ForeignHistory.ChangeSet;
import tranche.core.adopt.ForeignHistory.Django;
import tranche.core.adopt.ForeignHistory.Flyway;
import tranche.core.adopt.ForeignHistory.FlywayRow;
import tranche.core.adopt.ForeignHistory.GolangMigrate;
import tranche.core.adopt.ForeignHistory.Liquibase;
import tranche.core.adopt.ForeignHistory.Rails;
import tranche.core.migration.HistoryKind;
import tranche.postgres.testing.PostgresForTests;

class ForeignHistoryReaderTest {
  private static final String FLYWAY =
      """
      CREATE TABLE flyway_schema_history (
        installed_rank integer PRIMARY KEY, version varchar(50), description varchar(200) NOT NULL,
        type varchar(20) NOT NULL, script varchar(1000) NOT NULL, checksum integer,
        installed_by varchar(100) NOT NULL, installed_on timestamp NOT NULL DEFAULT now(),
        execution_time integer NOT NULL, success boolean NOT NULL);
      """;

  private final ForeignHistoryReader reader = new ForeignHistoryReader(ForeignTables.ORDINARY);
  private final String prefix = PostgresForTests.freshName("foreign");
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    var server = PostgresForTests.address();
    connection =
        DriverManager.getConnection(
            server.jdbcUrl("postgres"), server.user(), server.password().reveal());
  }

  @AfterEach
  void close() throws SQLException {
    List<String> schemas = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, '" + prefix + "')")) {
      while (rows.next()) {
        schemas.add(rows.getString(1));
      }
    }
    for (String schema : schemas) {
      execute("DROP SCHEMA \"" + schema.replace("\"", "\"\"") + "\" CASCADE");
    }
    connection.close();
  }

  @Test
  void flyway_rows_come_in_the_order_of_their_ranks() throws SQLException {
    String schema =
        schema(
            "a",
            FLYWAY
                + """
                INSERT INTO flyway_schema_history VALUES
                  (2, '2', 'views', 'SQL', 'V2__views.sql', -7, 'me', now(), 3, false),
                  (1, '1', '<< Flyway Baseline >>', 'BASELINE', 'x', NULL, 'me', now(), 0, true),
                  (3, NULL, 'views', 'SQL', 'R__views.sql', 9, 'me', now(), 3, true)
                """);

    assertThat(kinds(schema)).containsExactly(HistoryKind.FLYWAY);
    assertThat(read(HistoryKind.FLYWAY, schema))
        .isEqualTo(
            new Flyway(
                List.of(
                    new FlywayRow(
                        1,
                        Optional.of("1"),
                        "<< Flyway Baseline >>",
                        "BASELINE",
                        Optional.empty(),
                        true),
                    new FlywayRow(2, Optional.of("2"), "views", "SQL", Optional.of(-7), false),
                    new FlywayRow(3, Optional.empty(), "views", "SQL", Optional.of(9), true))));
  }

  @Test
  void the_two_shapes_of_schema_migrations_are_told_apart() throws SQLException {
    String golang =
        schema(
            "go",
            """
            CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
            INSERT INTO schema_migrations VALUES (20260101120000, true)
            """);
    String empty =
        schema("go0", "CREATE TABLE schema_migrations (version bigint, dirty boolean NOT NULL)");
    String rails =
        schema(
            "rb",
            """
            CREATE TABLE schema_migrations (version varchar PRIMARY KEY);
            CREATE TABLE ar_internal_metadata (key varchar PRIMARY KEY, value varchar);
            INSERT INTO schema_migrations VALUES ('20260102000000'), ('20260101000000')
            """);

    assertThat(kinds(golang)).containsExactly(HistoryKind.GOLANG_MIGRATE);
    assertThat(kinds(rails)).containsExactly(HistoryKind.RAILS);
    assertThat(read(HistoryKind.GOLANG_MIGRATE, golang))
        .isEqualTo(new GolangMigrate(Optional.of("20260101120000"), true));
    assertThat(read(HistoryKind.GOLANG_MIGRATE, empty))
        .isEqualTo(new GolangMigrate(Optional.empty(), false));
    assertThat(read(HistoryKind.RAILS, rails))
        .isEqualTo(new Rails(List.of("20260101000000", "20260102000000")));
  }

  @Test
  void a_liquibase_history_is_read_with_its_lock() throws SQLException {
    String schema =
        schema(
            "lb",
            """
            CREATE TABLE databasechangelog (id varchar(255), author varchar(255),
              filename varchar(255), dateexecuted timestamp, orderexecuted int, exectype varchar(10),
              md5sum varchar(35));
            CREATE TABLE databasechangeloglock (id int PRIMARY KEY, locked boolean NOT NULL);
            INSERT INTO databasechangelog VALUES
              ('2', 'ann', 'b.sql', now(), 2, 'MARK_RAN', NULL),
              ('1', 'ann', 'a.sql', now(), 1, 'EXECUTED', '9:x');
            INSERT INTO databasechangeloglock VALUES (1, true)
            """);

    assertThat(kinds(schema)).containsExactly(HistoryKind.LIQUIBASE);
    assertThat(read(HistoryKind.LIQUIBASE, schema))
        .isEqualTo(
            new Liquibase(
                List.of(
                    new ChangeSet("1", "ann", "a.sql", "EXECUTED"),
                    new ChangeSet("2", "ann", "b.sql", "MARK_RAN")),
                true));
  }

  @Test
  void alembic_and_django_are_read_as_they_are() throws SQLException {
    String alembic =
        schema(
            "al",
            """
            CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
            INSERT INTO alembic_version VALUES ('1a2b')
            """);
    String django =
        schema(
            "dj",
            """
            CREATE TABLE django_migrations (id bigint PRIMARY KEY, app varchar, name varchar,
              applied timestamptz);
            INSERT INTO django_migrations VALUES
              (2, 'shop', '0001_initial', now()), (1, 'auth', '0001_initial', now())
            """);

    assertThat(read(HistoryKind.ALEMBIC, alembic)).isEqualTo(new Alembic(List.of("1a2b")));
    assertThat(read(HistoryKind.DJANGO, django))
        .isEqualTo(new Django(List.of("auth.0001_initial", "shop.0001_initial")));
    assertThat(kinds(django)).containsExactly(HistoryKind.DJANGO);
  }

  @Test
  void a_schema_without_history_has_none_and_a_view_of_the_name_is_none() throws SQLException {
    assertThat(kinds(schema("none", "CREATE TABLE t (id int)"))).isEmpty();
    assertThat(kinds(schema("view", "CREATE VIEW schema_migrations AS SELECT 1 AS version")))
        .isEmpty();
  }

  @Test
  void names_that_need_quotes_are_read_like_others() throws SQLException {
    String schema =
        schema(
            "we'ird \"Name\"",
            FLYWAY
                + "INSERT INTO flyway_schema_history VALUES"
                + " (1, '1', 'x', 'SQL', 'x', 1, 'me', now(), 1, true)");
    assertThat(((Flyway) read(HistoryKind.FLYWAY, schema)).rows()).hasSize(1);
  }

  @Test
  void more_schemas_than_one_statement_takes_are_read_in_portions() throws SQLException {
    List<String> schemas = new ArrayList<>();
    for (int i = 0; i < 450; i++) {
      schemas.add(
          schema(
              "many" + i,
              "CREATE TABLE alembic_version (version_num varchar(32)); INSERT INTO alembic_version"
                  + " VALUES ('r"
                  + i
                  + "')"));
    }
    Map<String, ForeignHistory> found = reader.read(connection, HistoryKind.ALEMBIC, schemas);
    assertThat(found).hasSize(450);
    for (int i = 0; i < 450; i++) {
      assertThat(found.get(schemas.get(i))).isEqualTo(new Alembic(List.of("r" + i)));
    }
  }

  private Set<HistoryKind> kinds(String schema) throws SQLException {
    return reader.kinds(connection, List.of(schema)).getOrDefault(schema, Set.of());
  }

  private ForeignHistory read(HistoryKind kind, String schema) throws SQLException {
    return reader.read(connection, kind, List.of(schema)).get(schema);
  }

  private String schema(String name, String sql) throws SQLException {
    String schema = prefix + "_" + name;
    String quoted = "\"" + schema.replace("\"", "\"\"") + "\"";
    execute("CREATE SCHEMA " + quoted + "; SET search_path = " + quoted + "; " + sql);
    return schema;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
