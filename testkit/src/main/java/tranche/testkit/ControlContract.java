package tranche.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;
import tranche.core.rollout.Event;
import tranche.core.rollout.Plan;
import tranche.core.rollout.RolloutId;
import tranche.engine.journal.Fence;
import tranche.engine.journal.JournalProblem;

/// What the suites of the control store's ports have in common. An implementation extends each
/// suite and gives every test an empty store.
public abstract class ControlContract {
  /// The time for which the suites take the lease.
  protected static final Duration LEASE = Duration.ofSeconds(30);

  static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

  /// The store of the running test, empty when the test began.
  protected abstract ControlPorts ports();

  /// Lets time pass as the store sees it.
  protected abstract void pass(Duration time);

  final Fence lead(String holder) {
    return ports().leases().acquire(holder, LEASE).orElseThrow();
  }

  final Fence replace(String holder) {
    pass(LEASE.plusSeconds(1));
    return lead(holder);
  }

  final Plan saved(String prefix) {
    Plan plan = Samples.plan(prefix);
    ports().rollouts().save(plan, NOON);
    return plan;
  }

  final RolloutId started(Fence fence) {
    return ports().rollouts().start(saved("abcdef0"), "ann", fence).id();
  }

  final void end(RolloutId rollout, Fence fence) {
    Event done = new Event.Finished(Event.Ending.DONE);
    assertThat(ports().journal().append(rollout, fence, List.of(done), List.of())).hasSize(1);
  }

  static <P extends Problem> P problem(Class<P> type, ThrowingCallable call) {
    ProblemException thrown = catchThrowableOfType(ProblemException.class, call);
    assertThat(thrown).as("a problem").isNotNull();
    assertThat(thrown.problem()).isInstanceOf(type);
    return type.cast(thrown.problem());
  }

  static void assertLeaseLost(Fence fence, ThrowingCallable call) {
    assertThat(problem(JournalProblem.LeaseLost.class, call).epoch()).isEqualTo(fence.epoch());
  }
}
