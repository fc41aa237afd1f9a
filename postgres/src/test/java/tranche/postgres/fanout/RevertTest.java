package tranche.postgres.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static tranche.postgres.fanout.Scripts.migration;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tranche.core.fanout.KeptUndo;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.StoreHistory;
import tranche.core.migration.Undo;
import tranche.engine.fanout.RunContext;
import tranche.postgres.fanout.StoreChangeProblem.StatementFailed;
import tranche.postgres.fanout.StoreChangeProblem.UndoNotKept;
import tranche.postgres.testing.PostgresForTests;

/// Taking back, callbacks, and the histories of other tools.
class RevertTest {
  private static Fleet fleet;

  @BeforeAll
  static void make() throws SQLException {
    fleet = Fleet.fresh();
  }

  private static StoreId store() throws SQLException {
    return fleet.made(PostgresForTests.freshName("t"));
  }

  private static CompiledMigration undoable(String version, String sql, String... undo) {
    return Scripts.of(version, Scripts.lines(sql)).undo(undo).made();
  }

  @Test
  void migrations_are_taken_back_by_what_was_kept_and_can_be_applied_again() throws Exception {
    StoreId store = store();
    CompiledMigration one = undoable("1", "CREATE TABLE a (id int)", "DROP TABLE a");
    CompiledMigration two = undoable("2", "ALTER TABLE a ADD b int", "ALTER TABLE a DROP b");
    Fleet.done(fleet.apply(store, one, two));

    assertThat(Fleet.done(fleet.revert(store, "2", "1"))).containsExactly("2", "1");

    assertThat(fleet.rows(store)).isEmpty();
    assertThat(fleet.ask("SELECT to_regclass('" + store.schema() + ".a') IS NULL")).isEqualTo("t");
    assertThat(fleet.history(store).fingerprint()).isZero();
    assertThat(
            fleet.ask(
                "SELECT concat_ws('|', s.version, count(h.ended_by)) FROM tranche.store s JOIN"
                    + " tranche.history h USING (target) WHERE target = '"
                    + store.schema()
                    + "' GROUP BY s.version"))
        .isEqualTo("0|2");
    assertThat(Fleet.done(fleet.apply(store, one))).containsExactly("1");
    assertThat(fleet.rows(store)).isEqualTo("1");
  }

  @Test
  void what_is_kept_can_be_read_the_latest_first() throws Exception {
    StoreId store = store();
    StoreId bare = store();
    CompiledMigration none =
        Scripts.of("3", Scripts.lines("CREATE TABLE b (id int)"))
            .kind(MigrationKind.BASELINE)
            .made();
    Fleet.done(
        fleet.apply(
            store,
            undoable("1", "CREATE TABLE a (id int)", "DROP TABLE \"a\"", "SELECT '{,\\}'"),
            Scripts.of("2", Scripts.lines("SELECT 1")).undo().made(),
            none));

    var undos = fleet.access.undos(fleet.database.id(), List.of(store, bare));

    assertThat(undos).containsOnlyKeys(store);
    List<KeptUndo> kept = undos.get(store);
    assertThat(kept).extracting(k -> k.key().text()).containsExactly("3", "2", "1");
    assertThat(kept.get(0).undo()).isEqualTo(new Undo.Unknown("nobody wrote one"));
    assertThat(kept.get(0).isBaseline()).isTrue();
    assertThat(kept.get(1).undo()).isEqualTo(new Undo.NotNeeded());
    assertThat(kept.get(2).undo())
        .isEqualTo(
            new Undo.Statements(
                List.of("DROP TABLE \"a\"", "SELECT '{,\\}'"), List.of("something"), true));
  }

  @Test
  void what_cannot_be_taken_back_is_said_and_left_alone() throws Exception {
    StoreId store = store();
    Fleet.done(
        fleet.apply(
            store,
            migration("1", "CREATE TABLE a (id int)"),
            undoable("2", "ALTER TABLE a ADD b int", "ALTER TABLE a DROP nothing"),
            undoable("3", "CREATE INDEX ix ON a (id)", "drop index concurrently ix")));

    StoreOutcome outcome = fleet.revert(store, "3", "2", "1");

    assertThat(Fleet.problem(StatementFailed.class, outcome).at()).startsWith("undo of V2");
    assertThat(((StoreOutcome.Failed) outcome).ran()).hasSize(1);
    assertThat(fleet.rows(store)).isEqualTo("1,2");
    assertThat(fleet.ask("SELECT to_regclass('" + store.schema() + ".ix') IS NULL")).isEqualTo("t");
    assertThat(Fleet.problem(UndoNotKept.class, fleet.revert(store, "1")).reason())
        .isEqualTo("nobody wrote one");
    assertThat(fleet.revert(store, "9")).isInstanceOf(StoreOutcome.Moved.class);
  }

  @Test
  void callbacks_run_where_flyway_runs_them() throws Exception {
    StoreId store = store();
    fleet.run("CREATE TABLE " + store.schema() + ".log (id serial, what text, xid xid8)");
    RunContext context = fleet.run();
    List<String> expected = new CopyOnWriteArrayList<>();
    RunContext calling = Fleet.with(context, callbacks());
    String insert = "INSERT INTO log (what, xid) VALUES ('m%s', pg_current_xact_id())";

    StoreOutcome outcome =
        fleet.apply(
            calling,
            store,
            migration("1", insert.formatted("1")),
            migration("2", insert.formatted("2")));

    assertThat(Fleet.done(outcome)).hasSize(2);
    expected.addAll(
        List.of(
            "beforeMigrate",
            "beforeEachMigrate",
            "m1",
            "afterEachMigrate",
            "beforeEachMigrate",
            "m2",
            "afterEachMigrate",
            "afterMigrate",
            "afterMigrateApplied"));
    assertThat(
            fleet.ask("SELECT string_agg(what, ',' ORDER BY id) FROM " + store.schema() + ".log"))
        .isEqualTo(String.join(",", expected));
    assertThat(fleet.ask("SELECT count(DISTINCT xid) FROM " + store.schema() + ".log"))
        .isEqualTo("5");

    fleet.run("TRUNCATE " + store.schema() + ".log");
    StoreOutcome failing =
        fleet.apply(calling, store, migration("3", insert.formatted("3"), "SELECT 1/0"));

    assertThat(Fleet.problem(StatementFailed.class, failing).at()).contains("V3__x.sql line 2");
    assertThat(
            fleet.ask("SELECT string_agg(what, ',' ORDER BY id) FROM " + store.schema() + ".log"))
        .isEqualTo("beforeMigrate,afterEachMigrateError,afterMigrateError");
  }

  private static tranche.core.migration.CompiledSet.CompiledCallback[] callbacks() {
    return java.util.Arrays.stream(CallbackEvent.values())
        .map(event ->
            Scripts.callback(
                event,
                "INSERT INTO log (what, xid) VALUES ('"
                    + event.flywayName()
                    + "', pg_current_xact_id())"))
        .toArray(tranche.core.migration.CompiledSet.CompiledCallback[]::new);
  }

  @Test
  void a_callback_that_fails_fails_the_store_and_is_named() throws Exception {
    StoreId store = store();
    RunContext context =
        Fleet.with(
            fleet.run(), Scripts.callback(CallbackEvent.BEFORE_MIGRATE, "SELECT 1", "SELECT 1/0"));

    StoreOutcome outcome = fleet.apply(context, store, migration("1", "CREATE TABLE a (x int)"));

    assertThat(Fleet.problem(StatementFailed.class, outcome).at())
        .isEqualTo("callback beforeMigrate (beforeMigrate.sql line 2)");
    assertThat(((StoreOutcome.Failed) outcome).at()).isEmpty();
    assertThat(fleet.rows(store)).isEmpty();
  }

  /// A history that another tool would keep in the store.
  private record OtherTool(HistoryKind kind) implements ForeignHistoryWriter {
    @Override
    public List<Long> locks(StoreId store) {
      return List.of(123_456L);
    }

    @Override
    public List<String> entering(StoreId store, StoreHistory before) {
      return List.of(
          "SELECT tranche.require_unmoved((SELECT count(*) FROM "
              + store.schema()
              + ".other) = "
              + before.applied().size()
              + ")");
    }

    @Override
    public List<String> applied(StoreId store, CompiledMigration migration) {
      return List.of(
          "INSERT INTO " + store.schema() + ".other VALUES ('" + migration.key().text() + "')");
    }

    @Override
    public List<String> undone(StoreId store, MigrationKey migration) {
      return List.of(
          "DELETE FROM " + store.schema() + ".other WHERE v = '" + migration.text() + "'");
    }

    @Override
    public List<String> failed(StoreId store, CompiledMigration migration) {
      return List.of("INSERT INTO " + store.schema() + ".other VALUES ('failed')");
    }
  }

  @Test
  void the_history_of_another_tool_changes_in_the_same_transaction() throws Exception {
    Fleet shared = fleet.keeping(new OtherTool(HistoryKind.FLYWAY));
    StoreId store = store();
    fleet.run(
        "CREATE TABLE " + store.schema() + ".other (v text)",
        "INSERT INTO tranche.store (target, kind) VALUES ('" + store.schema() + "', 'flyway')");
    String others = "SELECT coalesce(string_agg(v, ','), '') FROM " + store.schema() + ".other";

    Fleet.done(shared.apply(store, undoable("1", "CREATE TABLE a (x int)", "DROP TABLE a")));
    assertThat(fleet.ask(others)).isEqualTo("1");

    Fleet.problem(StatementFailed.class, shared.apply(store, migration("2", "SELECT 1/0")));
    assertThat(fleet.ask(others)).isEqualTo("1");

    fleet.run("INSERT INTO " + store.schema() + ".other VALUES ('somebody else')");
    assertThat(shared.apply(store, migration("2", "SELECT 1")))
        .isInstanceOf(StoreOutcome.Moved.class);
    fleet.run("DELETE FROM " + store.schema() + ".other WHERE v = 'somebody else'");

    try (var connection = fleet.connect()) {
      Fleet.run(connection, "SELECT pg_advisory_lock(123456)");
      Fleet.problem(
          tranche.engine.fanout.StoreProblem.StoreBusy.class,
          shared.apply(store, migration("2", "SELECT 1")));
    }
    Fleet.done(shared.revert(store, "1"));
    assertThat(fleet.ask(others)).isEmpty();

    CompiledMigration stepwise =
        Scripts.of(
                "2",
                Scripts.statement("CREATE TABLE b (x int)", 1),
                Scripts.outside("VACUUM nothing", 2))
            .statementwise()
            .made();
    Fleet.problem(StatementFailed.class, shared.apply(store, stepwise));
    assertThat(fleet.ask(others)).isEqualTo("failed");
  }
}
