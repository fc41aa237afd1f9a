package tranche.postgres.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static tranche.postgres.fanout.Scripts.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tranche.core.adopt.AdoptionDecision;
import tranche.core.adopt.AdoptionRules;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.FolderFormat;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationSet;
import tranche.postgres.adopt.Adopter;
import tranche.postgres.adopt.ForeignTables;
import tranche.postgres.adopt.Writers;
import tranche.postgres.testing.PostgresForTests;

/// Histories of other tools: taken over, kept right, and noticed when somebody else writes them.
class TakeoverTest {
  private static final CompiledMigration ONE = migration("1", "CREATE TABLE a (id int)");
  private static final CompiledMigration TWO =
      Scripts.of("2", Scripts.lines("ALTER TABLE a ADD b int")).undo("ALTER TABLE a DROP b").made();
  private static final CompiledMigration THREE = migration("3", "ALTER TABLE a ADD c int");
  private static final List<CompiledMigration> ALL = List.of(ONE, TWO, THREE);
  private static Fleet fleet;

  @BeforeAll
  static void make() throws SQLException {
    fleet =
        Fleet.fresh()
            .keeping(Writers.of(ForeignTables.ORDINARY).toArray(ForeignHistoryWriter[]::new));
  }

  @Test
  void a_rails_history_is_taken_over_and_kept_right() throws SQLException {
    StoreId store = rails("1", "2");

    assertThat(adopt(store, HistoryKind.RAILS)).isEqualTo(Takeover.Outcome.TAKEN);
    assertThat(fleet.rows(store)).isEqualTo("1,2");
    assertThat(fleet.history(store).kind()).isEqualTo(HistoryKind.RAILS);

    assertThat(Fleet.done(fleet.apply(store, THREE))).containsExactly("3");
    assertThat(railsVersions(store)).isEqualTo("1,2,3");
  }

  @Test
  void what_another_tool_ran_can_be_taken_back_because_the_folder_knows_how() throws SQLException {
    StoreId store = rails("1", "2");
    var _ = adopt(store, HistoryKind.RAILS);

    assertThat(Fleet.done(fleet.revert(store, "2"))).containsExactly("2");
    assertThat(railsVersions(store)).isEqualTo("1");
    assertThat(fleet.rows(store)).isEqualTo("1");
  }

  @Test
  void a_golang_history_is_one_row_that_follows() throws SQLException {
    StoreId store = fleet.made(PostgresForTests.freshName("golang"));
    fleet.run(
        "SET search_path = " + store.schema(),
        "CREATE TABLE a (id int, b int)",
        "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL)",
        "INSERT INTO schema_migrations VALUES (2, false)");
    var _ = adopt(store, HistoryKind.GOLANG_MIGRATE);

    var _ = Fleet.done(fleet.apply(store, THREE));
    assertThat(golang(store)).isEqualTo("3 false");
    assertThat(Fleet.done(fleet.revert(store, "2"))).containsExactly("2");
    assertThat(golang(store)).isEqualTo("3 false");
  }

  @Test
  void adopting_again_changes_nothing() throws SQLException {
    StoreId store = rails("1", "2");
    var _ = adopt(store, HistoryKind.RAILS);
    long fingerprint = fleet.history(store).fingerprint();
    String ids = ids(store);

    assertThat(adopt(store, HistoryKind.RAILS)).isEqualTo(Takeover.Outcome.TAKEN);
    assertThat(fleet.history(store).fingerprint()).isEqualTo(fingerprint);
    assertThat(ids(store)).isEqualTo(ids);
  }

  @Test
  void what_the_other_tool_runs_later_is_noticed_and_taken_over() throws Exception {
    StoreId store = rails("1", "2");
    var _ = adopt(store, HistoryKind.RAILS);
    assertThat(moved(store)).isEmpty();

    fleet.run(
        "SET search_path = " + store.schema(),
        "ALTER TABLE a ADD c int",
        "INSERT INTO schema_migrations VALUES ('3')");
    assertThat(moved(store)).containsExactly(store);
    assertThat(fleet.apply(store, THREE)).isInstanceOf(StoreOutcome.Moved.class);
    assertThat(adopt(store, HistoryKind.RAILS)).isEqualTo(Takeover.Outcome.TAKEN);
    assertThat(moved(store)).isEmpty();
    assertThat(fleet.rows(store)).isEqualTo("1,2,3");
  }

  @Test
  void what_we_ran_is_not_taken_for_news() throws Exception {
    StoreId store = rails("1");
    var _ = adopt(store, HistoryKind.RAILS);
    var _ = Fleet.done(fleet.apply(store, TWO));
    assertThat(moved(store)).isEmpty();
  }

  @Test
  void a_table_that_is_written_between_looking_and_taking_over_is_looked_at_again()
      throws Exception {
    StoreId store = rails("1");
    Adopter adopter = adopter();
    var found = adopter.examine(store.database(), HistoryKind.RAILS, List.of(store)).get(store);
    fleet.run("INSERT INTO " + store.schema() + ".schema_migrations VALUES ('2')");

    assertThat(take(adopter, store, found)).isEqualTo(Takeover.Outcome.MOVED);
    assertThat(fleet.rows(store)).isEmpty();
  }

  @Test
  void a_store_that_somebody_changes_is_busy() throws Exception {
    StoreId store = rails("1");
    try (Connection other = fleet.connect()) {
      other.setAutoCommit(false);
      Fleet.run(
          other,
          "SELECT pg_advisory_xact_lock("
              + StoreLocks.of(store, Optional.empty()).getFirst()
              + ")");
      assertThat(adopt(store, HistoryKind.RAILS)).isEqualTo(Takeover.Outcome.BUSY);
    }
    assertThat(fleet.rows(store)).isEmpty();
  }

  private static StoreId rails(String... versions) throws SQLException {
    StoreId store = fleet.made(PostgresForTests.freshName("rails"));
    fleet.run(
        "SET search_path = " + store.schema(),
        "CREATE TABLE a (id int" + (versions.length > 1 ? ", b int)" : ")"),
        "CREATE TABLE schema_migrations (version varchar PRIMARY KEY)");
    for (String version : versions) {
      fleet.run("INSERT INTO " + store.schema() + ".schema_migrations VALUES ('" + version + "')");
    }
    return store;
  }

  private static Adopter adopter() {
    var folder =
        new MigrationSet(
            "migrations",
            FolderFormat.UP_DOWN,
            ALL.stream().map(CompiledMigration::source).toList(),
            List.of());
    return new Adopter(
        fleet.directory(),
        ForeignTables.ORDINARY,
        folder,
        AdoptionRules.NONE,
        source -> ALL.stream().filter(m -> m.source().equals(source)).findFirst());
  }

  private static Takeover.Outcome adopt(StoreId store, HistoryKind kind) throws SQLException {
    Adopter adopter = adopter();
    return take(adopter, store, adopter.examine(store.database(), kind, List.of(store)).get(store));
  }

  private static Takeover.Outcome take(Adopter adopter, StoreId store, Adopter.Found found) {
    var adopt = (AdoptionDecision.Adopt) found.decision();
    var run = fleet.run();
    try (var takeover = HistoryTakeover.open(fleet.directory().access(store.database()), run)) {
      return takeover.take(
          store, adopter.takeover(store, fleet.historyOrEmpty(store), adopt, found.mark()));
    }
  }

  private static List<StoreId> moved(StoreId store) throws SQLException {
    return adopter().moved(store.database(), HistoryKind.RAILS, List.of(store));
  }

  private static String railsVersions(StoreId store) throws SQLException {
    return fleet.ask(
        "SELECT string_agg(version, ',' ORDER BY version) FROM "
            + store.schema()
            + ".schema_migrations");
  }

  private static String golang(StoreId store) throws SQLException {
    return fleet.ask(
        "SELECT version || ' ' || dirty FROM " + store.schema() + ".schema_migrations");
  }

  private static String ids(StoreId store) throws SQLException {
    return fleet.ask(
        "SELECT string_agg(key || applied_at || coalesce(ended_at::text, ''), ',' ORDER BY key,"
            + " applied_at) FROM tranche.history WHERE target = '"
            + store.schema()
            + "'");
  }
}
