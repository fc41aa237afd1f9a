package tranche.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static tranche.testkit.SampleMigrations.key;
import static tranche.testkit.SampleMigrations.table;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fleet.StoreId;
import tranche.core.migration.AppliedMigration;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;
import tranche.core.problem.RecordedProblem;
import tranche.engine.fanout.Hooks;
import tranche.engine.fanout.StoreAccess;

/// How every implementation of [StoreAccess] calls the hooks of a run.
public abstract class StoreHooksContract extends StoreAccessSuite {
  /// Begins with a world that holds nothing.
  protected StoreHooksContract(StoreWorld world) {
    super(world);
  }

  /// Hooks that keep what they were told, and refuse one event.
  private static final class Told implements Hooks {
    private final List<String> told = new ArrayList<>();
    private final String refused;

    Told(String refused) {
      this.refused = refused;
    }

    @Override
    public boolean wants(Event event) {
      return event == Event.BEFORE_MIGRATION || event == Event.AFTER_MIGRATION;
    }

    @Override
    public synchronized Result call(Context context) {
      String word = context.event().word() + " " + context.details().get("migration");
      told.add(word);
      return word.equals(refused) ? new Result.Fail(refusal()) : new Result.Proceed();
    }

    static Problem refusal() {
      return new RecordedProblem("hook-said-no", ProblemKind.FAILED, "no", "no", "no");
    }
  }

  @Test
  void hooks_are_called_around_each_migration() {
    StoreId store = leased("c_a");
    Told hooks = new Told("");

    assertRan(perform(RUN, hooks, store, apply(EMPTY, table("1"), table("2"))), "1", "2");

    assertThat(hooks.told)
        .containsExactly(
            "before_migration 1", "after_migration 1", "before_migration 2", "after_migration 2");
  }

  @Test
  void a_hook_that_refuses_keeps_its_migration_from_running() {
    StoreId store = leased("c_a");
    Told hooks = new Told("before_migration 2");

    StoreOutcome outcome = perform(RUN, hooks, store, apply(EMPTY, table("1"), table("2")));

    assertThat(problem(RecordedProblem.class, outcome)).isEqualTo(Told.refusal());
    assertThat(((StoreOutcome.Failed) outcome).ran()).containsExactly(key("1"));
    assertThat(history(store).applied())
        .extracting(AppliedMigration::key)
        .containsExactly(key("1"));
  }

  @Test
  void a_hook_that_fails_after_a_migration_stops_before_the_next() {
    StoreId store = leased("c_a");
    Told hooks = new Told("after_migration 1");

    StoreOutcome outcome = perform(RUN, hooks, store, apply(EMPTY, table("1"), table("2")));

    assertThat(problem(RecordedProblem.class, outcome)).isEqualTo(Told.refusal());
    assertThat(((StoreOutcome.Failed) outcome).ran()).containsExactly(key("1"));
    assertThat(history(store).applied()).hasSize(1);
  }

  @Test
  void what_ran_before_the_store_was_another_one_is_told() {
    StoreId store = leased("c_a");
    Hooks dropping =
        new Hooks() {
          @Override
          public boolean wants(Event event) {
            return event == Event.BEFORE_MIGRATION;
          }

          @Override
          public Result call(Context context) {
            if ("2".equals(context.details().get("migration"))) {
              drop(store);
            }
            return new Result.Proceed();
          }
        };

    assertThat(perform(RUN, dropping, store, apply(EMPTY, table("1"), table("2"))))
        .isEqualTo(new StoreOutcome.Moved(List.of(key("1"))));
  }
}
