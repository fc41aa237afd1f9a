package tranche.postgres.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tranche.core.fleet.StoreId;
import tranche.core.problem.ProblemException;
import tranche.postgres.fanout.StoreChangeProblem.HookStatementFailed;
import tranche.postgres.testing.PostgresForTests;

class HookStatementsTest {
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

  private static HookStatementFailed failure(StoreId store, String sql, Duration limit) {
    var hooks = new HookStatements(fleet.directory(), List.of());
    var thrown = catchThrowableOfType(ProblemException.class, () -> hooks.run(store, sql, limit));
    assertThat(thrown.problem()).isInstanceOf(HookStatementFailed.class);
    return (HookStatementFailed) thrown.problem();
  }

  @Test
  void a_statement_runs_in_its_store_and_is_committed() throws SQLException {
    StoreId store = store();
    StoreId other = store();
    fleet.run("CREATE SCHEMA more", "CREATE FUNCTION more.word() RETURNS text RETURN 'told'");

    new HookStatements(fleet.directory(), List.of("more"))
        .run(store, "INSERT INTO news VALUES (word())", LIMIT);

    assertThat(news(store)).isEqualTo("told");
    assertThat(news(other)).isEqualTo("null");
  }

  @Test
  void a_statement_that_fails_leaves_nothing_and_no_value_in_the_message() throws SQLException {
    StoreId store = store();

    var failed = failure(store, "INSERT INTO news VALUES ('a'); SELECT 's3cret'::int", LIMIT);

    assertThat(failed.what()).contains("22P02", store.toString()).doesNotContain("s3cret");
    assertThat(news(store)).isEqualTo("null");
  }

  @Test
  void waiting_for_a_lock_ends_with_the_limit() throws SQLException {
    StoreId store = store();
    try (Connection report = fleet.connect()) {
      report.setAutoCommit(false);
      Fleet.run(report, "LOCK TABLE " + quoted(store) + ".news");

      var failed = failure(store, "INSERT INTO news VALUES ('a')", Duration.ofMillis(100));

      assertThat(failed.message()).contains("57014");
    }
    assertThat(news(store)).isEqualTo("null");
  }
}
