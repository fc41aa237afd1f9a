package tranche.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tranche.core.fleet.CellId;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.TenantId;
import tranche.core.policy.ContractPolicy;
import tranche.core.policy.FailureBudget;
import tranche.core.policy.Gates;
import tranche.core.policy.OnUnhealthy;
import tranche.core.policy.Strategy;
import tranche.core.policy.TierPolicy;
import tranche.core.release.ArtifactFile;
import tranche.core.release.Digest;
import tranche.core.release.Migration;
import tranche.core.release.PreflightCheck;
import tranche.core.release.ProcessArtifact;
import tranche.core.release.Release;
import tranche.core.release.ReleaseId;
import tranche.core.release.SchemaChange;
import tranche.core.release.SchemaPhase;
import tranche.core.release.SchemaRange;
import tranche.core.release.SchemaVersion;
import tranche.core.rollout.Batch;
import tranche.core.rollout.BatchId;
import tranche.core.rollout.LeftOut;
import tranche.core.rollout.MigrationRef;
import tranche.core.rollout.Move;
import tranche.core.rollout.Plan;
import tranche.core.rollout.PlannedTranche;
import tranche.core.rollout.Preparation;
import tranche.core.rollout.Retirement;
import tranche.core.rollout.StorePlan;

/// Values for tests that need some, and do not mind which.
public final class Samples {
  private static final StoreId STORE = new StoreId(new DatabaseId("premium-eu"), "t_acme");
  private static final CellId CELL = new CellId("premium-eu-1");
  private static final ReleaseId FROM = new ReleaseId("2026.10");

  private Samples() {}

  /// A small plan that moves one tenant. Its hash begins with `prefix`, which is hex digits, and is
  /// made up.
  public static Plan plan(String prefix) {
    ReleaseId to = new ReleaseId("2026.11");
    Move move = new Move(new TenantId("acme"), Optional.of(FROM), CELL, List.of(STORE));
    TierPolicy tier =
        new TierPolicy(
            "premium",
            new Strategy.Canary(List.of(10, 50, 100), Duration.ofSeconds(30)),
            new FailureBudget(0.005, 2),
            OnUnhealthy.REVERT);
    Batch batch = new Batch(new BatchId(1, "1"), tier, List.of(move));
    MigrationRef expand = new MigrationRef(new SchemaVersion("2"), SchemaPhase.EXPAND, "add");
    MigrationRef contract = new MigrationRef(new SchemaVersion("4"), SchemaPhase.CONTRACT, "drop");
    Preparation preparation = new Preparation(List.of(Preparation.Work.BACKUP), List.of(expand));
    return new Plan(
        to,
        Digest.sha256().add("release").hex(),
        List.of(
            new PlannedTranche(
                1, "canary", "tier premium", List.of(batch), Gates.OPEN, Duration.ofMinutes(2))),
        List.of(
            new StorePlan(
                STORE, new SchemaVersion("1"), preparation, List.of(contract), Optional.empty())),
        List.of(new Retirement(CELL, FROM)),
        List.of(new LeftOut(new TenantId("globex"), "suspended")),
        new ContractPolicy(Duration.ofMinutes(10), Optional.of("dba")),
        prefix + Digest.sha256().add(prefix).hex().substring(prefix.length()));
  }

  /// A release with one migration of each phase; `command` makes its content, and so its hash.
  public static Release release(String name, String folder, String command) {
    List<Migration> migrations =
        List.of(
            migration("2", SchemaPhase.EXPAND),
            migration("3", SchemaPhase.BACKFILL),
            migration("4", SchemaPhase.CONTRACT));
    return Release.of(
        new ReleaseId(name),
        "issue-tracker",
        new ProcessArtifact(
            folder,
            List.of(new ArtifactFile("app.jar", Digest.sha256().add("jar").hex())),
            List.of("{java}", "-jar", command),
            "/ready"),
        new SchemaChange(
            new SchemaRange(new SchemaVersion("2"), new SchemaVersion("4")),
            new SchemaVersion("4"),
            migrations,
            List.of(new PreflightCheck("no-nulls", "SELECT 1 WHERE false")),
            List.of("issues")));
  }

  private static Migration migration(String version, SchemaPhase phase) {
    String sql = "SELECT '" + phase.word() + "'";
    return new Migration(
        new SchemaVersion(version), phase.word(), phase, sql, Digest.sha256().add(sql).hex());
  }
}
