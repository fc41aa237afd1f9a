package tranche.core.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import tranche.core.fleet.Cell;
import tranche.core.fleet.CellId;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.Fleet;
import tranche.core.fleet.IsolationModel;
import tranche.core.fleet.Placement;
import tranche.core.fleet.Stickiness;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.StoreRole;
import tranche.core.fleet.StoreUse;
import tranche.core.fleet.Tenant;
import tranche.core.fleet.TenantId;
import tranche.core.fleet.TenantStatus;
import tranche.core.judge.Criteria;
import tranche.core.policy.Cohort;
import tranche.core.policy.ContractPolicy;
import tranche.core.policy.FailureBudget;
import tranche.core.policy.Gates;
import tranche.core.policy.OnUnhealthy;
import tranche.core.policy.RolloutPolicy;
import tranche.core.policy.Strategy;
import tranche.core.policy.TierPolicy;
import tranche.core.policy.TranchePolicy;
import tranche.core.policy.Verification;
import tranche.core.release.Migration;
import tranche.core.release.PreflightCheck;
import tranche.core.release.ProcessArtifact;
import tranche.core.release.Release;
import tranche.core.release.ReleaseId;
import tranche.core.release.SchemaChange;
import tranche.core.release.SchemaPhase;
import tranche.core.release.SchemaRange;
import tranche.core.release.SchemaVersion;

/// Fleets, releases and policies drawn from a seed.
record GeneratedFleet(SplittableRandom random) {
  static final List<String> TIERS = List.of("basic", "premium", "bridge", "platinum");

  Fleet fleet() {
    List<Tenant> tenants = new ArrayList<>();
    Map<CellId, Cell> cells = new HashMap<>();
    int count = random.nextInt(1, 25);
    for (int i = 0; i < count; i++) {
      Tenant tenant = tenant("t" + i, TIERS.get(random.nextInt(TIERS.size())));
      tenants.add(tenant);
      CellId cell = tenant.placement().cell();
      cells.put(cell, new Cell(cell, 1, Stickiness.TENANT));
    }
    return Fleet.of(tenants, cells.values());
  }

  private Tenant tenant(String id, String tier) {
    TenantStatus status =
        switch (random.nextInt(12)) {
          case 0 -> new TenantStatus.Held("because");
          case 1 -> new TenantStatus.Suspended();
          default -> new TenantStatus.Active();
        };
    String region = random.nextBoolean() ? "eu" : "us";
    return new Tenant(new TenantId(id), tier, region, status, placement(id, tier, region));
  }

  private static Placement placement(String id, String tier, String region) {
    StoreId pool = new StoreId(new DatabaseId("pool"), "app");
    return switch (tier) {
      case "basic" ->
          new Placement(
              IsolationModel.ROW, new CellId("basic"), List.of(new StoreUse(StoreRole.MAIN, pool)));
      case "premium" ->
          new Placement(
              IsolationModel.SCHEMA,
              new CellId("premium-" + region),
              List.of(use(StoreRole.MAIN, "premium", "t_" + id)));
      case "bridge" ->
          new Placement(
              IsolationModel.HYBRID,
              new CellId("bridge"),
              List.of(new StoreUse(StoreRole.SHARED, pool), use(StoreRole.OWN, "pool", "t_" + id)));
      default ->
          new Placement(
              IsolationModel.DATABASE,
              new CellId("platinum-" + id),
              List.of(use(StoreRole.MAIN, "platinum-" + id, "app")));
    };
  }

  private static StoreUse use(StoreRole role, String database, String schema) {
    return new StoreUse(role, new StoreId(new DatabaseId(database), schema));
  }

  RolloutPolicy policy() {
    Map<String, TierPolicy> tiers = new HashMap<>();
    for (String tier : TIERS) {
      Strategy strategy =
          random.nextBoolean()
              ? new Strategy.Canary(List.of(10, 50, 100), Duration.ofSeconds(random.nextInt(3)))
              : new Strategy.BlueGreen(Duration.ofSeconds(random.nextInt(3)));
      OnUnhealthy policy = random.nextBoolean() ? OnUnhealthy.HALT : OnUnhealthy.REVERT;
      tiers.put(
          tier, new TierPolicy(tier, strategy, new FailureBudget(0.3, random.nextInt(4)), policy));
    }
    Optional<String> approval = random.nextInt(3) == 0 ? Optional.of("somebody") : Optional.empty();
    List<TranchePolicy> ladder =
        List.of(
            new TranchePolicy("canary", cohort(List.of("basic"), 0.1), 100, gates(approval)),
            new TranchePolicy("basic", cohort(List.of("basic"), 1), 3, gates(Optional.empty())),
            new TranchePolicy("rest", cohort(List.of(), 1), 2, gates(approval)));
    return new RolloutPolicy(
        ladder, tiers, new ContractPolicy(Duration.ofSeconds(random.nextInt(3)), approval));
  }

  private static Cohort cohort(List<String> tiers, double share) {
    return new Cohort(tiers, List.of(), List.of(), share);
  }

  private Gates gates(Optional<String> approval) {
    return new Gates(
        approval,
        random.nextBoolean() ? Verification.EVERY_TENANT : Verification.NONE,
        Duration.ofSeconds(random.nextInt(2)),
        random.nextBoolean() ? Optional.of(new Criteria(0.01, 10)) : Optional.empty());
  }

  /// Releases that follow each other, each with honest ranges: a release reads from the version its
  /// expand and backfill end at up to its own contract, and its predecessor reads up to there.
  List<Release> chain(int length) {
    List<Release> releases = new ArrayList<>();
    int version = 1;
    int readsFrom = 1;
    List<Migration> first = List.of(migration(1, SchemaPhase.EXPAND));
    List<Migration> all = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      List<Migration> own = i == 0 ? first : migrations(version);
      int prepared = version;
      for (Migration m : own) {
        if (m.phase() != SchemaPhase.CONTRACT) {
          prepared = Integer.parseInt(m.version().value());
        }
      }
      readsFrom = prepared;
      version = own.isEmpty() ? version : Integer.parseInt(own.getLast().version().value());
      all.addAll(own);
      releases.add(release(i, all, range(readsFrom, version), version));
    }
    return widened(releases);
  }

  /// Lets each release also read what its successor prepares, as a predecessor must.
  private static List<Release> widened(List<Release> releases) {
    List<Release> wide = new ArrayList<>();
    for (int i = 0; i < releases.size(); i++) {
      Release release = releases.get(i);
      SchemaRange reads = release.schema().reads();
      if (i + 1 < releases.size()) {
        SchemaVersion upTo = releases.get(i + 1).schema().reads().from();
        reads = new SchemaRange(reads.from(), upTo.isAfter(reads.to()) ? upTo : reads.to());
      }
      wide.add(with(release, reads));
    }
    return wide;
  }

  static Release with(Release release, SchemaRange reads) {
    SchemaChange schema = release.schema();
    return Release.of(
        release.id(),
        release.app(),
        release.artifact(),
        new SchemaChange(
            reads, schema.target(), schema.migrations(), schema.preflight(), schema.touches()));
  }

  static SchemaRange range(int from, int to) {
    return new SchemaRange(
        new SchemaVersion(String.valueOf(from)), new SchemaVersion(String.valueOf(to)));
  }

  private List<Migration> migrations(int after) {
    List<Migration> list = new ArrayList<>();
    int version = after;
    for (int i = random.nextInt(3); i > 0; i--) {
      version++;
      list.add(
          migration(version, random.nextBoolean() ? SchemaPhase.EXPAND : SchemaPhase.BACKFILL));
    }
    if (random.nextBoolean()) {
      list.add(migration(version + 1, SchemaPhase.CONTRACT));
    }
    return list;
  }

  private static Migration migration(int version, SchemaPhase phase) {
    return new Migration(
        new SchemaVersion(String.valueOf(version)),
        "m" + version,
        phase,
        "SELECT 1",
        "c" + version);
  }

  private static Release release(int number, List<Migration> own, SchemaRange reads, int target) {
    return Release.of(
        new ReleaseId("r" + number),
        "app",
        new ProcessArtifact("/r", List.of(), List.of("run"), "/ready"),
        new SchemaChange(
            reads,
            new SchemaVersion(String.valueOf(target)),
            own,
            List.of(new PreflightCheck("p", "SELECT 1")),
            List.of("issue")));
  }
}
