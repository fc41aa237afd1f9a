package tranche.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tranche.core.fleet.Fleet;
import tranche.core.fleet.Tenant;
import tranche.core.fleet.TenantId;
import tranche.core.policy.Cohort;
import tranche.core.policy.RolloutPolicy;
import tranche.core.problem.ProblemException;
import tranche.core.release.Release;

/// Over generated fleets, releases and interleavings of moves, failures, crashes and reverts, no
/// reachable state has a release outside its schema range (I1), and every rollout ends or says what
/// it waits for. A failing seed is printed in the test's name and replays exactly.
class InterleavingsTest {
  private static final Cohort ALL = new Cohort(List.of(), List.of(), List.of(), 1);
  private static final int STEPS_MAX = 40_000;

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("tranche.seeds", 400));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void no_interleaving_puts_a_release_beside_a_schema_it_does_not_read(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    GeneratedFleet generated = new GeneratedFleet(random);
    SimulatedFleet world = new SimulatedFleet(generated.fleet(), generated.chain(3), random);
    carryOut(world, generated.policy(), random);
    assertThat(new HashSet<>(world.migrationsRun)).hasSameSizeAs(world.migrationsRun);
  }

  /// A fleet that a cancelled rollout left mixed may rightly be refused; nothing else may.
  private static Optional<Plan> plan(SimulatedFleet world, Release release, RolloutPolicy policy) {
    try {
      return Optional.of(Planner.plan(world.state(), release, policy, ALL));
    } catch (ProblemException e) {
      assertThat(e.problem().code())
          .isIn(
              "nothing-to-move",
              "too-much-skew",
              "contract-not-last",
              "release-cannot-read-schema");
      return Optional.empty();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_range_that_leaves_out_a_version_on_the_way_is_refused(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    GeneratedFleet generated = new GeneratedFleet(random);
    List<Release> chain = generated.chain(2);
    Release next = chain.get(1);
    if (next.schema().migrations().isEmpty()) {
      return;
    }
    Release narrow = GeneratedFleet.with(chain.get(0), GeneratedFleet.range(1, 1));
    SimulatedFleet world = new SimulatedFleet(generated.fleet(), List.of(narrow, next), random);
    for (Tenant tenant : world.fleet.tenants()) {
      world.ledger.put(tenant.id(), narrow.id());
      tenant.placement().storeIds().forEach(s -> world.versions.put(s, narrow.schema().target()));
    }
    boolean prepares =
        next.schema().pendingAfter(narrow.schema().target()).stream()
            .anyMatch(m -> m.phase() != tranche.core.release.SchemaPhase.CONTRACT);
    boolean somebodyMoves =
        world.fleet.tenants().stream()
            .anyMatch(t -> t.status() instanceof tranche.core.fleet.TenantStatus.Active);
    if (prepares && somebodyMoves) {
      assertThatThrownBy(() -> Planner.plan(world.state(), next, generated.policy(), ALL))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("release-cannot-read-schema")
          .hasMessageContaining("reads schema 1,");
    }
  }

  /// A search that never gets anywhere finds nothing: over the seeds every kind of step is
  /// performed and every ending reached.
  @Test
  void the_interleavings_visit_every_kind_of_step_and_every_ending() {
    EnumSet<StepKind> kinds = EnumSet.noneOf(StepKind.class);
    EnumSet<Event.Ending> endings = EnumSet.noneOf(Event.Ending.class);
    for (long seed = 0; seed < 400; seed++) {
      for (JournalEntry entry : journals(seed)) {
        if (entry.event() instanceof Event.Intended(var step, _)) {
          kinds.add(step.kind());
        } else if (entry.event() instanceof Event.Finished(var ending)) {
          endings.add(ending);
        }
      }
    }
    assertThat(kinds).containsExactlyInAnyOrder(StepKind.values());
    assertThat(endings).containsExactlyInAnyOrder(Event.Ending.values());
  }

  /// Whoever checks nothing finds nothing either: a fleet on which contract runs with the first
  /// migrations is caught.
  @Test
  void a_contract_that_runs_too_early_is_caught() {
    long caught = 0;
    for (long seed = 0; seed < 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      GeneratedFleet generated = new GeneratedFleet(random);
      SimulatedFleet world =
          new SimulatedFleet(generated.fleet(), generated.chain(3), random).contractingEarly();
      try {
        carryOut(world, generated.policy(), random);
      } catch (AssertionError e) {
        assertThat(e).hasMessageContaining("I1");
        caught++;
      }
    }
    assertThat(caught).isPositive();
  }

  private static List<JournalEntry> journals(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    GeneratedFleet generated = new GeneratedFleet(random);
    SimulatedFleet world = new SimulatedFleet(generated.fleet(), generated.chain(3), random);
    return carryOut(world, generated.policy(), random);
  }

  private static List<JournalEntry> carryOut(
      SimulatedFleet world, RolloutPolicy policy, SplittableRandom random) {
    List<JournalEntry> all = new ArrayList<>();
    world.releases.values().stream()
        .sorted(java.util.Comparator.comparing(Release::id))
        .forEach(release ->
            plan(world, release, policy)
                .ifPresent(p -> {
                  Run run = new Run(world, p, random);
                  run.toTheEnd();
                  all.addAll(run.journal);
                }));
    return all;
  }

  @Test
  void the_same_input_gives_the_same_plan() {
    for (long seed = 0; seed < 50; seed++) {
      assertThat(firstPlan(seed)).isEqualTo(firstPlan(seed));
    }
  }

  private static Optional<Plan> firstPlan(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    GeneratedFleet generated = new GeneratedFleet(random);
    Fleet fleet = generated.fleet();
    List<Release> releases = generated.chain(1);
    RolloutPolicy policy = generated.policy();
    return plan(new SimulatedFleet(fleet, releases, random), releases.getFirst(), policy);
  }

  /// One rollout under random faults and requests, then without faults until it ends.
  private static final class Run {
    private final SimulatedFleet world;
    private final Plan plan;
    private final SplittableRandom random;
    private final List<JournalEntry> journal = new ArrayList<>();
    private final Map<StepId, Step> running = new LinkedHashMap<>();
    private RolloutState state;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    Run(SimulatedFleet world, Plan plan, SplittableRandom random) {
      this.world = world;
      this.plan = plan;
      this.random = random;
      this.state = new RolloutState(plan);
      append(new Event.Started(plan.id(), "test"));
    }

    void toTheEnd() {
      int stormy = random.nextInt(600);
      for (int i = 0; i < STEPS_MAX; i++) {
        boolean isStormy = i < stormy;
        if (isStormy) {
          disturb();
        }
        if (tick(isStormy) && !isStormy) {
          return;
        }
      }
      throw new AssertionError("the rollout neither ended nor said what it waits for");
    }

    /// One decision; true when the rollout has come to rest for good.
    private boolean tick(boolean isStormy) {
      now = now.plus(SimulatedFleet.aMoment(random));
      Decision decision = Decider.decide(state, new Moment(now, running.keySet()));
      switch (decision) {
        case Decision.Act(var steps) -> steps.forEach(this::begin);
        case Decision.Conclude(var events) -> events.forEach(this::append);
        case Decision.Rest _ -> {
          return true;
        }
        case Decision.Hold(var reason) -> {
          if (running.isEmpty() && !isStormy && reason.until().isEmpty()) {
            return !unblock(reason);
          }
        }
      }
      if (!running.isEmpty() && random.nextInt(3) > 0) {
        end(isStormy);
      }
      return false;
    }

    private void begin(Step step) {
      int attempt = state.progress(step.id()).map(StepProgress::attempt).orElse(0) + 1;
      append(new Event.Intended(step, attempt));
      running.put(step.id(), step);
    }

    private void end(boolean isStormy) {
      List<Step> choice = List.copyOf(running.values());
      Step step = choice.get(random.nextInt(choice.size()));
      running.remove(step.id());
      int fate = isStormy ? random.nextInt(12) : 11;
      if (fate == 0) {
        Event.Again again = random.nextBoolean() ? Event.Again.LATER : Event.Again.NO;
        append(new Event.StepFailed(step.id(), SimulatedFleet.TROUBLE, again));
        return;
      }
      StepOutcome outcome = world.perform(step, plan.to(), now);
      if (fate == 1) {
        append(new Event.StepFailed(step.id(), SimulatedFleet.TROUBLE, Event.Again.LATER));
      } else if (fate == 2 && step instanceof Step.Verify verify) {
        TenantId first = verify.tenants().getFirst();
        append(
            new Event.Performed(
                step.id(), new StepOutcome.Except(Map.of(first, SimulatedFleet.TROUBLE), "")));
      } else {
        append(new Event.Performed(step.id(), outcome));
      }
    }

    /// What people and the world do at any time: crashes, pauses, reverts, retries.
    private void disturb() {
      if (state.ending().isPresent()) {
        return;
      }
      switch (random.nextInt(60)) {
        case 0 -> crash();
        case 1 -> append(new Event.Paused("test", "why not"));
        case 2, 3 -> append(new Event.Resumed("test"));
        case 4, 5 -> revert(List.of(anyTenant()));
        case 6 -> revert(random.nextInt(4) == 0 ? List.of() : List.of(anyTenant(), anyTenant()));
        case 7, 8 -> retry();
        case 9, 10, 11 -> approveAll();
        case 12 -> {
          if (random.nextInt(30) == 0 && state.revert().isEmpty()) {
            append(new Event.Cancelled("test", "enough"));
          }
        }
        default -> {}
      }
    }

    /// The process dies: some running steps have had their effect, none has an outcome.
    private void crash() {
      for (Step step : running.values()) {
        if (random.nextBoolean()) {
          world.perform(step, plan.to(), now);
        }
      }
      running.clear();
      state = new RolloutState(plan);
      journal.forEach(state::apply);
    }

    private TenantId anyTenant() {
      List<Move> moves = plan.moves();
      return moves.get(random.nextInt(moves.size())).tenant();
    }

    private void revert(List<TenantId> tenants) {
      if (state.revert().isEmpty()
          && state.cancelled().isEmpty()
          && Reverts.refusal(state, tenants).isEmpty()) {
        append(new Event.RevertRequested(tenants, "test", "because"));
      }
    }

    private void retry() {
      if (state.revert().isEmpty() && state.cancelled().isEmpty()) {
        append(new Event.RetryRequested(List.of(), "test"));
      }
    }

    private void approveAll() {
      plan.tranches().forEach(t -> append(new Event.Approved("tranche " + t.number(), "test")));
      append(new Event.Approved("contract", "test"));
    }

    /// Clears what a person can clear; false when only taking back or cancelling is left.
    private boolean unblock(HoldReason reason) {
      switch (reason.code()) {
        case "approval" -> approveAll();
        case "paused" -> append(new Event.Resumed("test"));
        case "halted" -> revert(List.of());
        default -> {
          assertThat(reason.code()).isEqualTo("unresolved-tenants");
          append(new Event.Cancelled("test", "the rest stays"));
        }
      }
      boolean isStuck = reason.code().equals("halted") && state.revert().isEmpty();
      return !isStuck;
    }

    private void append(Event event) {
      JournalEntry entry =
          new JournalEntry(journal.size() + 1L, new RolloutId("r-1"), now, 1, event);
      journal.add(entry);
      state.apply(entry);
    }
  }
}
