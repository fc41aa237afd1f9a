package tranche.postgres.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tranche.core.fleet.StoreId;
import tranche.postgres.fanout.StoreChangeProblem.UnmetExpectation;
import tranche.postgres.testing.PostgresForTests;

/// `IF NOT EXISTS` passes over whatever has the name. If that is something else, the migration was
/// not done there.
final class PassedOverTest {
  private static Fleet fleet;

  @BeforeAll
  static void make() throws SQLException {
    fleet = Fleet.fresh();
  }

  private static StoreId storeWith(String sql) throws SQLException {
    StoreId store = fleet.made(PostgresForTests.freshName("p"));
    fleet.run("SET search_path = " + store.schema() + "; " + sql);
    return store;
  }

  private static final String TABLES = "CREATE TABLE t (a int, b text); CREATE TABLE u (a int);";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // What was there | what the migration says | what is wrong about it
        "CREATE VIEW x AS SELECT 1 AS a | CREATE TABLE IF NOT EXISTS x (a int) | x is a view, not a"
            + " table",
        "CREATE SEQUENCE x | CREATE TABLE IF NOT EXISTS x () | x is a sequence, not a table",
        "CREATE TABLE x (b int) | CREATE TABLE IF NOT EXISTS x (a int) | x.a is missing, not"
            + " integer",
        "CREATE TABLE x (a text) | CREATE TABLE IF NOT EXISTS x (a int) | x.a is text, not integer",
        "CREATE TABLE x (id int) | CREATE TABLE IF NOT EXISTS x (id bigserial) | x.id is integer,"
            + " not bigint",
        "CREATE INDEX x ON t (a) | CREATE TABLE IF NOT EXISTS x (a int) | x is an index, not a"
            + " table",
        "CREATE TYPE x AS (a int) | CREATE TABLE IF NOT EXISTS x (a int) | x is a composite type,"
            + " not a table",
        "CREATE TABLE x (a int) | CREATE SEQUENCE IF NOT EXISTS x | x is a table, not a sequence",
        "CREATE VIEW x AS SELECT 1 AS a | CREATE MATERIALIZED VIEW IF NOT EXISTS x AS SELECT 1 AS a"
            + " | x is a view, not a materialized view",
        "CREATE VIEW x AS SELECT 1 AS a | CREATE TABLE IF NOT EXISTS x AS SELECT 1 AS a"
            + " | x is a view, not a table",
      })
  void a_relation_of_another_kind_or_with_other_columns_fails_the_migration(
      String before, String sql, String wrong) throws Exception {
    assertRefused(before, sql, wrong);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // What was there | what the migration says | what is wrong about it
        "CREATE INDEX x ON u (a) | CREATE INDEX IF NOT EXISTS x ON t (a)"
            + " | x is an index on u using btree (a), not an index on t using btree (a)",
        "CREATE INDEX x ON t (b) | CREATE INDEX IF NOT EXISTS x ON t (a)"
            + " | x is an index on t using btree (b), not an index on t using btree (a)",
        "CREATE INDEX x ON t (a, b) | CREATE INDEX IF NOT EXISTS x ON t (b, a)"
            + " | x is an index on t using btree (a, b), not an index on t using btree (b, a)",
        "CREATE INDEX x ON t (a) | CREATE UNIQUE INDEX IF NOT EXISTS x ON t (a)"
            + " | x is an index on t using btree (a), not a unique index on t using btree (a)",
        "CREATE INDEX x ON t USING hash (a) | CREATE INDEX IF NOT EXISTS x ON t (a)"
            + " | x is an index on t using hash (a), not an index on t using btree (a)",
        "CREATE INDEX x ON t (a) WHERE a > 0 | CREATE INDEX IF NOT EXISTS x ON t (a) INCLUDE (b)"
            + " | x is an index on t using btree (a) of some rows,"
            + " not an index on t using btree (a) including b",
        "CREATE INDEX x ON t (lower(b)) | CREATE INDEX IF NOT EXISTS x ON t (b) | x is an index on"
            + " t using btree (an expression), not an index on t using btree (b)",
        "CREATE VIEW x AS SELECT 1 AS a | CREATE INDEX IF NOT EXISTS x ON t (a)"
            + " | x is a view, not an index on t using btree (a)",
      })
  void another_index_of_that_name_fails_the_migration(String before, String sql, String wrong)
      throws Exception {
    assertRefused(before, sql, wrong);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // What was there | what the migration says | what is wrong about it
        "ALTER TABLE t ADD c text | ALTER TABLE t ADD COLUMN IF NOT EXISTS c int"
            + " | t.c is text, not integer",
        "ALTER TABLE t ADD c varchar(9) | ALTER TABLE t ADD COLUMN IF NOT EXISTS c varchar(10)"
            + " | t.c is character varying(9), not character varying(10)",
        "ALTER TABLE t ADD c numeric | ALTER TABLE t ADD COLUMN IF NOT EXISTS c numeric(10,2)[]"
            + " | t.c is numeric, not numeric(10,2)[]",
        "ALTER TABLE t ADD c timestamp | ALTER TABLE t ADD COLUMN IF NOT EXISTS c timestamptz(3)"
            + " | t.c is timestamp without time zone, not timestamp(3) with time zone",
        "ALTER TABLE t ADD c text | ALTER TABLE t ADD COLUMN IF NOT EXISTS c interval day to"
            + " second(3) | t.c is text, not interval day to second(3)",
        "ALTER TABLE t ADD c char | ALTER TABLE t ADD COLUMN IF NOT EXISTS c char(2)"
            + " | t.c is character(1), not character(2)",
      })
  void a_column_of_another_type_fails_the_migration(String before, String sql, String wrong)
      throws Exception {
    assertRefused(before, sql, wrong);
  }

  private static void assertRefused(String before, String sql, String wrong) throws Exception {
    StoreId store = storeWith(TABLES + before);

    var outcome = fleet.apply(store, Scripts.compiled("1", sql));

    UnmetExpectation problem = Fleet.problem(UnmetExpectation.class, outcome);
    assertThat(problem.expectation()).isEqualTo(wrong);
    assertThat(problem.what()).contains(store.toString()).endsWith(wrong);
    assertThat(fleet.rows(store)).isEmpty();
    assertThat(fleet.history(store).applied()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE TABLE x (a int4, b character varying(10), n decimal(10,2), x int) PARTITION BY LIST"
            + " (a) | CREATE TABLE IF NOT EXISTS x (a integer, b varchar(10), n numeric(10,2))",
        "CREATE TABLE x (id bigserial) | CREATE TABLE IF NOT EXISTS x (id bigint)",
        "CREATE TABLE x (id int) | CREATE TABLE IF NOT EXISTS x (id serial)",
        "CREATE SEQUENCE x | CREATE SEQUENCE IF NOT EXISTS x",
        "CREATE MATERIALIZED VIEW x AS SELECT 1 AS a"
            + " | CREATE MATERIALIZED VIEW IF NOT EXISTS x AS SELECT 1 AS a",
        "CREATE INDEX x ON t (a DESC, lower(b)) INCLUDE (b) WHERE b IS NOT NULL"
            + " | CREATE INDEX IF NOT EXISTS x ON t (a, lower(b)) INCLUDE (b) WHERE b IS NOT NULL",
        "CREATE UNIQUE INDEX x ON t USING btree (b text_pattern_ops)"
            + " | CREATE UNIQUE INDEX IF NOT EXISTS x ON t (b)",
        "ALTER TABLE t ADD c bool | ALTER TABLE t ADD COLUMN IF NOT EXISTS c boolean NOT NULL",
        "ALTER TABLE t ADD c char(1) | ALTER TABLE t ADD COLUMN IF NOT EXISTS c char",
        "ALTER TABLE t ADD c timestamp with time zone"
            + " | ALTER TABLE t ADD COLUMN IF NOT EXISTS c timestamptz",
        "ALTER TABLE t ADD c interval(3) | ALTER TABLE t ADD COLUMN IF NOT EXISTS c interval(3)",
        "ALTER TABLE t ADD c interval hour to second(2)"
            + " | ALTER TABLE t ADD COLUMN IF NOT EXISTS c interval hour to second(2)",
        "ALTER TABLE t ADD c bit varying(5)[] | ALTER TABLE t ADD COLUMN IF NOT EXISTS c varbit(5)"
            + " ARRAY",
        "ALTER TABLE t ADD c float(20) | ALTER TABLE t ADD COLUMN IF NOT EXISTS c real",
        "CREATE TYPE mood AS ENUM ('ok'); ALTER TABLE t ADD c mood"
            + " | ALTER TABLE t ADD COLUMN IF NOT EXISTS c mood",
        "CREATE DOMAIN \"Odd %s\" AS text; ALTER TABLE t ADD c \"Odd %s\""
            + " | ALTER TABLE t ADD COLUMN IF NOT EXISTS c \"Odd %s\"",
      })
  void the_same_in_other_words_is_passed_over(String before, String sql) throws Exception {
    StoreId store = storeWith(TABLES + before);

    assertThat(Fleet.done(fleet.apply(store, Scripts.compiled("1", sql)))).containsExactly("1");
  }

  @Test
  void a_type_of_the_store_itself_is_told_from_one_of_the_same_name_elsewhere() throws Exception {
    StoreId store = storeWith("CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t ()");
    StoreId other = storeWith("CREATE TYPE mood AS ENUM ('ok')");
    fleet.run("ALTER TABLE " + store.schema() + ".t ADD c " + other.schema() + ".mood");

    var outcome =
        fleet.apply(store, Scripts.compiled("1", "ALTER TABLE t ADD COLUMN IF NOT EXISTS c mood"));

    assertThat(Fleet.problem(UnmetExpectation.class, outcome).expectation())
        .isEqualTo("t.c is %s.mood, not %s.mood".formatted(other.schema(), store.schema()));
  }

  @Test
  void what_a_later_statement_of_the_script_changes_again_is_as_that_says() throws Exception {
    StoreId store = storeWith(TABLES);

    String sql =
        """
        ALTER TABLE t ADD COLUMN IF NOT EXISTS c int;
        ALTER TABLE t ALTER COLUMN c TYPE bigint;
        CREATE INDEX IF NOT EXISTS i ON t (c);
        ALTER TABLE t RENAME COLUMN c TO d;
        CREATE INDEX IF NOT EXISTS j ON u (a);
        ALTER TABLE u RENAME TO w;
        CREATE TEMP TABLE s (a int);
        ALTER TABLE s ADD COLUMN IF NOT EXISTS b int;
        """;
    assertThat(Fleet.done(fleet.apply(store, Scripts.compiled("1", sql)))).containsExactly("1");
  }

  @Test
  void very_many_columns_are_compared_at_once() throws Exception {
    StoreId store = storeWith("");
    var columns = new StringBuilder("c0 int");
    for (int i = 1; i < 300; i++) {
      columns.append(", c").append(i).append(" numeric(").append(i % 30 + 1).append(")");
    }
    String sql = "CREATE TABLE IF NOT EXISTS wide (" + columns + ")";

    assertThat(Fleet.done(fleet.apply(store, Scripts.compiled("1", sql)))).containsExactly("1");
    fleet.run("ALTER TABLE " + store.schema() + ".wide ALTER c299 TYPE numeric");
    assertThat(
            Fleet.problem(UnmetExpectation.class, fleet.apply(store, Scripts.compiled("2", sql)))
                .expectation())
        .isEqualTo("wide.c299 is numeric, not numeric(30,0)");
  }
}
