package tranche.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tranche.core.problem.ProblemException;
import tranche.core.rollout.Event;
import tranche.core.rollout.JournalEntry;
import tranche.core.rollout.Plan;
import tranche.core.rollout.RolloutId;
import tranche.engine.journal.Fence;
import tranche.engine.rollout.RolloutStore;
import tranche.engine.rollout.RolloutStore.RolloutRecord;
import tranche.engine.rollout.RolloutStore.StoredPlan;
import tranche.engine.rollout.ServiceProblem;

/// What every implementation of [RolloutStore] does.
public abstract class RolloutStoreContract extends ControlContract {
  private RolloutStore rollouts() {
    return ports().rollouts();
  }

  @Test
  void a_plan_comes_back_as_it_was_saved() {
    Plan plan = saved("abc1230");

    assertThat(rollouts().plan(plan.hash())).contains(plan);
    assertThat(rollouts().plan(plan.id())).contains(plan);
    assertThat(rollouts().plans(10)).containsExactly(new StoredPlan(plan, NOON));
  }

  @Test
  void saving_the_same_plan_again_changes_nothing() {
    Plan plan = saved("abc1230");
    rollouts().save(plan, NOON.plusSeconds(60));

    assertThat(rollouts().plans(10)).containsExactly(new StoredPlan(plan, NOON));
  }

  @Test
  void a_plan_is_found_by_the_beginning_of_its_hash_if_it_is_the_only_one() {
    Plan one = saved("aaaaaaa1");
    Plan other = saved("aaaaaaa2");

    assertThat(rollouts().plan("aaaaaaa")).isEmpty();
    assertThat(rollouts().plan("aaaaaaa1")).contains(one);
    assertThat(rollouts().plan("aaaaaaa2")).contains(other);
    assertThat(rollouts().plan("bbbbbbb")).isEmpty();
  }

  @Test
  void a_text_that_cannot_begin_a_hash_finds_nothing() {
    Plan plan = saved("aaaaaaa");

    for (String text : List.of("", "aaaaaa", "aaaaaa%", "_______", plan.hash() + "0", "r-1")) {
      assertThat(rollouts().plan(text)).as(text).isEmpty();
    }
  }

  @Test
  void plans_are_listed_newest_first() {
    List<Plan> plans = List.of(Samples.plan("1"), Samples.plan("2"), Samples.plan("3"));
    rollouts().save(plans.get(0), NOON.plusSeconds(1));
    rollouts().save(plans.get(1), NOON);
    rollouts().save(plans.get(2), NOON.plusSeconds(1));

    assertThat(rollouts().plans(10))
        .extracting(StoredPlan::plan)
        .containsExactly(plans.get(2), plans.get(0), plans.get(1));
    assertThat(rollouts().plans(1)).extracting(StoredPlan::plan).containsExactly(plans.get(2));
    assertThatIllegalArgumentException().isThrownBy(() -> rollouts().plans(0));
  }

  @Test
  void a_rollout_begins_with_the_entry_that_says_so() {
    Fence fence = lead("a");
    Plan plan = saved("abcdef0");

    RolloutRecord started = rollouts().start(plan, "ann", fence);

    assertThat(started.id()).isEqualTo(new RolloutId("r-1"));
    assertThat(started.planHash()).isEqualTo(plan.hash());
    assertThat(started.by()).isEqualTo("ann");
    assertThat(rollouts().rollout(started.id())).contains(started);
    assertThat(rollouts().unfinished()).containsExactly(started);
    assertThat(ports().journal().readAll(0, 10))
        .containsExactly(
            new JournalEntry(
                1,
                started.id(),
                started.startedAt(),
                fence.epoch(),
                new Event.Started(plan.hash(), "ann")));
  }

  @Test
  void nothing_starts_while_another_rollout_has_not_ended() {
    Fence fence = lead("a");
    RolloutId running = started(fence);

    var problem = problem(ServiceProblem.RolloutInProgress.class, () -> started(fence));

    assertThat(problem.rollout()).isEqualTo(running.value());
    assertThat(rollouts().rollouts(10)).hasSize(1);
    assertThat(ports().journal().lastSequence()).isEqualTo(1);
  }

  @Test
  void rollouts_are_numbered_in_the_order_of_their_start() {
    Fence fence = lead("a");
    List<Event> ends =
        List.of(
            new Event.Finished(Event.Ending.DONE),
            new Event.Cancelled("ann", "enough"),
            new Event.Finished(Event.Ending.REVERTED));
    for (Event end : ends) {
      RolloutId id = started(fence);
      assertThat(ports().journal().append(id, fence, List.of(end), List.of())).hasSize(1);
      assertThat(rollouts().unfinished()).isEmpty();
    }

    assertThat(rollouts().rollouts(10))
        .extracting(r -> r.id().value())
        .containsExactly("r-3", "r-2", "r-1");
    assertThat(rollouts().rollouts(1)).hasSize(1);
    assertThatIllegalArgumentException().isThrownBy(() -> rollouts().rollouts(0));
  }

  @Test
  void a_replaced_holder_starts_nothing() {
    Fence old = lead("a");
    Plan plan = saved("abcdef0");
    Fence _ = replace("b");

    assertLeaseLost(old, () -> rollouts().start(plan, "ann", old));

    assertThat(rollouts().rollouts(10)).isEmpty();
    assertThat(ports().journal().lastSequence()).isZero();
  }

  @Test
  void a_plan_that_was_not_saved_is_not_started() {
    Fence fence = lead("a");
    Plan plan = Samples.plan("abcdef0");

    problem(ServiceProblem.UnknownPlan.class, () -> rollouts().start(plan, "ann", fence));

    assertThat(rollouts().rollouts(10)).isEmpty();
  }

  @Test
  void a_rollout_that_does_not_exist_is_not_found() {
    assertThat(rollouts().rollout(new RolloutId("r-7"))).isEmpty();
    assertThat(rollouts().unfinished()).isEmpty();
  }

  @Test
  void of_many_starts_at_once_one_succeeds() throws Exception {
    Fence fence = lead("a");
    Plan plan = saved("abcdef0");
    List<Callable<RolloutRecord>> starts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      starts.add(() -> rollouts().start(plan, "ann", fence));
    }
    int refused = 0;
    try (var threads = Executors.newFixedThreadPool(6)) {
      for (Future<RolloutRecord> start : threads.invokeAll(starts)) {
        refused += isRefused(start) ? 1 : 0;
      }
    }

    assertThat(refused).isEqualTo(11);
    assertThat(rollouts().unfinished()).hasSize(1);
  }

  private static boolean isRefused(Future<RolloutRecord> start) throws InterruptedException {
    try {
      assertThat(start.get().id().value()).isEqualTo("r-1");
      return false;
    } catch (ExecutionException e) {
      assertThat(e)
          .cause()
          .isInstanceOfSatisfying(
              ProblemException.class,
              p -> assertThat(p.problem()).isInstanceOf(ServiceProblem.RolloutInProgress.class));
      return true;
    }
  }
}
