package tranche.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static tranche.testkit.FanoutWorld.store;
import static tranche.testkit.SampleMigrations.folder;
import static tranche.testkit.SampleMigrations.key;
import static tranche.testkit.SampleMigrations.table;
import static tranche.testkit.SampleMigrations.version;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tranche.core.fanout.ApplyOptions;
import tranche.core.fanout.StoreSet.Role;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledSet.CompiledCallback;
import tranche.core.migration.Finding;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.core.problem.ProblemException;
import tranche.engine.fanout.FanoutProblem.MigrationUnsafe;
import tranche.engine.fanout.FanoutSummary;
import tranche.engine.fanout.MigrationCompiler;
import tranche.engine.fanout.SetJob.Job;

/// Unsafe migrations stop a run where somebody could be hurt, and nowhere else.
final class FanoutSafetyTest {
  private static final SourceMigration UNSAFE =
      version("2", "ALTER TABLE t_1 ADD UNIQUE (id) -- unsafe", "SELECT 1");
  private static final StoreId LATE = store("s1-main", "late");

  private final FanoutWorld world = new FanoutWorld(StoreFaults.NONE);

  private record Strict(Finding.Reach reach) implements MigrationCompiler {
    @Override
    public CompiledMigration migration(MigrationSet folder, SourceMigration migration) {
      CompiledMigration plain = SampleMigrations.compiled(migration);
      if (!migration.up().text().endsWith("-- unsafe")) {
        return plain;
      }
      var error =
          new Finding(
              Finding.Severity.ERROR,
              reach,
              "sample-rule",
              migration.up().name(),
              1,
              1,
              "a",
              "b",
              "c");
      return new CompiledMigration(
          plain.source(),
          plain.phase(),
          plain.isTransactional(),
          plain.statements(),
          plain.undo(),
          plain.expectations(),
          List.of(error));
    }

    @Override
    public Map<CallbackEvent, List<CompiledCallback>> callbacks(MigrationSet folder) {
      return Map.of();
    }
  }

  private FanoutWorld strict(SourceMigration... migrations) {
    world.compiler = new Strict(Finding.Reach.STORE);
    return world.tenants(folder(migrations));
  }

  @Test
  void stores_in_use_get_no_unsafe_migration() {
    world.stores("tenants", "s1-main", 3);
    strict(table("1")).run();

    var refused =
        catchThrowableOfType(ProblemException.class, () -> strict(table("1"), UNSAFE).run());

    assertThat(refused.problem()).isInstanceOf(MigrationUnsafe.class);
    assertThat(world.access.executed(store("s1-main", "t0000"))).containsExactly(key("1"));
  }

  @Test
  void a_first_apply_to_empty_stores_runs_everything_and_looks_at_no_store_twice() {
    world.stores("tenants", "s1-main", 700);

    FanoutSummary summary = strict(table("1"), UNSAFE).run();

    assertThat(summary.counts().done()).isEqualTo(700);
    assertThat(world.access.readStatements()).isEqualTo(2);
  }

  @Test
  void one_store_with_tables_among_empty_ones_makes_it_an_error_again() {
    world.stores("tenants", "s1-main", 2);
    strict(table("1")).run();
    world.add("tenants", LATE);

    assertThat(catchThrowableOfType(ProblemException.class, () -> strict(table("1"), UNSAFE).run()))
        .isNotNull();
    assertThat(world.access.executed(LATE)).isEmpty();
  }

  @Test
  void a_store_that_comes_late_gets_what_the_others_have() {
    world.stores("tenants", "s1-main", 2);
    strict(table("1"), UNSAFE).run();
    world.add("tenants", LATE);
    world.tenants(folder(table("1")));
    world.run();

    FanoutSummary summary = strict(table("1"), UNSAFE).run();

    assertThat(summary.counts().done()).isEqualTo(1);
    assertThat(world.access.executed(LATE)).containsExactly(key("1"), key("2"));
  }

  @Test
  void a_history_without_anything_in_it_is_looked_at_once_for_all_stores() {
    world.stores("tenants", "s1-main", 3);
    strict(version("1", "SELECT 1/0", "SELECT 1")).run();
    int before = world.access.readStatements();

    FanoutSummary summary = strict(version("1", "CREATE TABLE t_1 (id int)", ""), UNSAFE).run();

    assertThat(summary.counts().done()).isEqualTo(3);
    assertThat(world.access.readStatements() - before).isEqualTo(2);
    assertThat(world.access.connections()).isZero();
  }

  @Test
  void a_history_without_anything_in_it_but_with_tables_is_in_use() {
    world.stores("tenants", "s1-main", 1);
    strict(version("1", "SELECT 1/0", "SELECT 1")).run();
    world.access.addTable(store("s1-main", "t0000"));

    assertThat(catchThrowableOfType(ProblemException.class, () -> strict(UNSAFE).run()))
        .isNotNull();
  }

  @Test
  void what_reaches_beyond_a_store_is_an_error_also_for_empty_ones() {
    world.stores("tenants", "s1-main", 1);
    strict(table("1"), UNSAFE);
    world.compiler = new Strict(Finding.Reach.BEYOND);

    assertThat(catchThrowableOfType(ProblemException.class, world::run)).isNotNull();
    assertThat(world.access.executed(store("s1-main", "t0000"))).isEmpty();
  }

  @Test
  void what_shared_stores_have_says_nothing_about_tenants_although_they_have_one_folder() {
    world.stores("tenants", "s1-main", 1);
    world.add("shared", store("s1-main", "shared"));
    strict(table("1"));
    world.set(
        "shared", Role.SHARED, new Job.Apply(folder(table("1"), UNSAFE), ApplyOptions.LATEST));
    world.run();
    MigrationSet both = folder(table("1"), UNSAFE);
    world.set("shared", Role.SHARED, new Job.Apply(both, ApplyOptions.LATEST)).tenants(both);

    assertThat(catchThrowableOfType(ProblemException.class, world::run)).isNotNull();
  }
}
