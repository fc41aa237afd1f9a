package tranche.postgres.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tranche.core.fleet.StoreId;
import tranche.postgres.testing.PostgresForTests;

class HookStatementTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static Fleet fleet;

  @BeforeAll
  static void make() throws SQLException {
    fleet = Fleet.fresh();
  }

  private static StoreId store() throws SQLException {
    StoreId store = fleet.made(PostgresForTests.freshName("Hook \"s"));
    fleet.run("SET search_path = " + quoted(store), "CREATE TABLE news (what text)");
    return store;
  }

  private static String quoted(StoreId store) {
    return "\"" + store.schema().replace("\"", "\"\"") + "\"";
  }

  private static String news(StoreId store) throws SQLException {
    return fleet.ask("SELECT string_agg(what, ',') FROM " + quoted(store) + ".news");
  }

  private static String failure(StoreId store, String sql, Duration limit) {
    return new HookStatement(fleet.directory()).run(store, sql, limit).orElseThrow();
  }

  @Test
  void a_statement_runs_in_its_store_and_is_committed() throws SQLException {
    StoreId store = store();
    StoreId other = store();

    var refused =
        new HookStatement(fleet.directory()).run(store, "INSERT INTO news VALUES ('told')", LIMIT);

    assertThat(refused).isEmpty();

    assertThat(news(store)).isEqualTo("told");
    assertThat(news(other)).isEqualTo("null");
  }

  @Test
  void a_statement_that_fails_leaves_nothing_and_no_value_in_the_message() throws SQLException {
    StoreId store = store();

    var failed = failure(store, "INSERT INTO news VALUES ('a'); SELECT 's3cret'::int", LIMIT);

    assertThat(failed).contains("22P02").doesNotContain("s3cret");
    assertThat(news(store)).isEqualTo("null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"COMMIT", "ROLLBACK", "COMMIT; BEGIN", "ROLLBACK AND CHAIN"})
  void a_statement_that_ends_its_transaction_stays_in_its_store_and_within_its_limit(String end)
      throws SQLException {
    StoreId store = store();

    var refused =
        new HookStatement(fleet.directory())
            .run(store, end + "; INSERT INTO news VALUES ('after')", LIMIT);
    var late = failure(store, end + "; SELECT pg_sleep(20)", Duration.ofMillis(100));

    assertThat(refused).isEmpty();
    assertThat(news(store)).isEqualTo("after");
    assertThat(late).contains("57014");
  }

  @Test
  void waiting_for_a_lock_ends_with_the_limit() throws SQLException {
    StoreId store = store();
    try (Connection report = fleet.connect()) {
      report.setAutoCommit(false);
      Fleet.run(report, "LOCK TABLE " + quoted(store) + ".news");

      var failed = failure(store, "INSERT INTO news VALUES ('a')", Duration.ofMillis(100));

      assertThat(failed).contains("57014");
    }
    assertThat(news(store)).isEqualTo("null");
  }
}
