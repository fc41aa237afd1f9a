package tranche.postgres.json;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.core.fleet.CellId;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.TenantId;
import tranche.core.judge.ArmCounts;
import tranche.core.judge.Criteria;
import tranche.core.judge.Evidence;
import tranche.core.judge.Verdict;
import tranche.core.policy.Strategy;
import tranche.core.problem.ProblemKind;
import tranche.core.problem.RecordedProblem;
import tranche.core.release.ReleaseId;
import tranche.core.release.SchemaPhase;
import tranche.core.release.SchemaVersion;
import tranche.core.rollout.BatchId;
import tranche.core.rollout.Event;
import tranche.core.rollout.Move;
import tranche.core.rollout.Step;
import tranche.core.rollout.StepId;
import tranche.core.rollout.StepKind;
import tranche.core.rollout.StepOutcome;
import tranche.core.rollout.TrafficMark;

/// A value of every type that is stored, with every sort of component in it.
final class StoredSamples {
  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId GLOBEX = new TenantId("globex");
  private static final ReleaseId OLD = new ReleaseId("2026.10");
  private static final ReleaseId NEW = new ReleaseId("2026.11");
  private static final CellId CELL = new CellId("premium-eu-1");
  private static final StoreId STORE = new StoreId(new DatabaseId("premium-eu"), "t_acme");
  private static final BatchId BATCH = new BatchId(3, "r1");
  private static final Step.BakeAt AT = new Step.BakeAt(BATCH, 50, 2);
  private static final SchemaVersion VERSION = new SchemaVersion("2.1");
  private static final Criteria CRITERIA = new Criteria(0.005, 100);
  private static final Evidence EVIDENCE =
      Evidence.of(new ArmCounts(1000, 1), new ArmCounts(500, 30));
  private static final TrafficMark MARK =
      new TrafficMark(
          "boot-7", Map.of(OLD, new ArmCounts(1000, 1), NEW, new ArmCounts(9_000_000_000L, 0)));
  private static final RecordedProblem PROBLEM =
      new RecordedProblem(
          "lock-timeout", ProblemKind.REFUSED_BY_POLICY, "w \"quoted\"", "über\n→ \\u0041", "fix");
  private static final List<Move> MOVES =
      List.of(
          new Move(ACME, Optional.of(OLD), CELL, List.of(STORE)),
          new Move(GLOBEX, Optional.empty(), CELL, List.of()));

  private StoredSamples() {}

  static List<Step> steps() {
    return List.of(
        new Step.Provision(STORE),
        new Step.Preflight(STORE),
        new Step.Backup(STORE),
        new Step.Migrate(STORE, VERSION, SchemaPhase.BACKFILL),
        new Step.CheckBackfill(STORE, VERSION),
        new Step.Deploy(CELL, NEW, "/2"),
        new Step.Retire(CELL, OLD, ""),
        new Step.Verify(StepKind.VERIFY_BEFORE, "3.1", NEW, List.of(ACME)),
        new Step.Shift(BATCH, 50, MOVES),
        new Step.Bake(AT, Duration.ofMillis(90_500), List.of(ACME, GLOBEX)),
        new Step.Look(AT, 4, CRITERIA, MARK, List.of(ACME)),
        new Step.Settle(BATCH, NEW, MOVES),
        new Step.Return("revert-1", MOVES),
        new Step.SettleReturned("revert-1", MOVES));
  }

  static List<Verdict> verdicts() {
    return List.of(
        new Verdict.Healthy(EVIDENCE, "0.1 % below 0.5 %"),
        new Verdict.Unhealthy(EVIDENCE, "6 % above 0.5 %"),
        new Verdict.Inconclusive(Evidence.missing("restarted"), "no data"));
  }

  static List<StepOutcome> outcomes() {
    return List.of(
        new StepOutcome.Done("12 rows"),
        new StepOutcome.Baking(Instant.parse("2026-11-02T12:00:00.123456789Z"), MARK),
        new StepOutcome.Judged(verdicts().getFirst()),
        new StepOutcome.Except(Map.of(ACME, PROBLEM), "1 of 2"));
  }

  static List<Event> events() {
    return List.of(
        new Event.Started("abcdef0", "ann"),
        new Event.Intended(steps().getFirst(), 2),
        new Event.Performed(new StepId("shift/3.1/50"), outcomes().getFirst()),
        new Event.StepFailed(new StepId("expand/db/s/2"), PROBLEM, Event.Again.LATER),
        new Event.TenantFailed(ACME, PROBLEM),
        new Event.Approved("tranche 4", "ann"),
        new Event.Paused("ann", "lunch"),
        new Event.Resumed("ann"),
        new Event.Halted(PROBLEM),
        new Event.RetryRequested(List.of(ACME), "ann"),
        new Event.RevertRequested(List.of(), "ann", "slow"),
        new Event.RevertEnded(12),
        new Event.Cancelled("ann", "enough"),
        new Event.Finished(Event.Ending.REVERTED));
  }

  static List<Strategy> strategies() {
    return List.of(
        new Strategy.Canary(List.of(10, 50, 100), Duration.ofSeconds(30)),
        new Strategy.BlueGreen(Duration.ZERO),
        new Strategy.Individual(Duration.ofHours(26)));
  }
}
