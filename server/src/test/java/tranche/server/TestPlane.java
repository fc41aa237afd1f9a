package tranche.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tranche.api.client.ClientSettings;
import tranche.api.client.TrancheClient;
import tranche.api.rollout.Approve;
import tranche.api.rollout.MakePlan;
import tranche.api.rollout.PlanJson;
import tranche.api.rollout.RolloutJson;
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
import tranche.core.judge.ThresholdJudge;
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
import tranche.core.release.Release;
import tranche.core.release.ReleaseProblem;
import tranche.core.secret.Secret;
import tranche.engine.control.ControlPlane;
import tranche.engine.rollout.Archive;
import tranche.engine.rollout.Engine;
import tranche.engine.rollout.EngineSettings;
import tranche.engine.rollout.FaultPoints;
import tranche.engine.rollout.Fleets;
import tranche.engine.rollout.World;
import tranche.testkit.InMemoryControlStore;
import tranche.testkit.Samples;
import tranche.testkit.SettableClock;

/// A control plane with a small fleet, served over real HTTP. Thirty basic tenants move at once,
/// `acme` (premium) waits for an approval, `globex` is held.
final class TestPlane implements AutoCloseable {
  static final String TOKEN = "a-token-of-the-test";
  static final String BASE = "2026.10";
  static final String RELEASE = "2026.11";

  final FakeWorld world = new FakeWorld();
  final InMemoryControlStore store = new InMemoryControlStore(SettableClock.atNoon());
  final ControlPlane plane;
  final HttpServer server;
  final TrancheClient client;
  private final Engine engine;

  TestPlane() {
    this(HttpServer.Limits.DEFAULT);
  }

  TestPlane(HttpServer.Limits limits) {
    Archive archive =
        new Archive(
            store.journal(), store.leases(), store.rollouts(), store.releases(), store.ledger());
    Fleets fleets = new Fleets(TestPlane::fleet);
    World ports =
        new World(
            world.schema,
            world.platform,
            world.router,
            store.desiredArms(),
            (_, _, _, _) -> Map.of(),
            new ThresholdJudge());
    EngineSettings settings =
        new EngineSettings("test", Duration.ofSeconds(30), 4, List.of(), FaultPoints.NONE);
    engine = new Engine(archive, ports, fleets, settings, InstantSource.system());
    engine.start();
    plane =
        new ControlPlane(
            archive,
            engine,
            fleets,
            new ControlPlane.Knowledge(TestPlane::read, world.schema, policy()),
            InstantSource.system());
    server =
        HttpServer.start(
            HttpSettings.loopback(0, Secret.of(TOKEN), "1.2.3"),
            plane,
            store.idempotencyKeys(),
            limits);
    client = client(server.port());
    await().until(plane::isInCharge);
  }

  static TrancheClient client(int port) {
    return new TrancheClient(
        new ClientSettings(
            java.net.URI.create("http://127.0.0.1:" + port),
            Secret.of(TOKEN),
            "nina",
            Duration.ofSeconds(20)));
  }

  /// Everybody runs [#BASE] after it.
  void install() {
    PlanJson plan = plan(BASE);
    String rollout = client.start(plan.id()).id();
    await()
        .until(() -> client.rollout(rollout).over() || waitsForApproval(client.rollout(rollout)));
    if (!client.rollout(rollout).over()) {
      assertThat(client.approve(rollout, Approve.ofContract()).id()).isEqualTo(rollout);
      await().until(() -> client.rollout(rollout).over());
    }
    assertThat(client.rollout(rollout).phase()).isEqualTo("done");
  }

  /// A rollout to [#RELEASE] in which `acme` waits for an approval.
  RolloutJson held() {
    install();
    String rollout = client.start(plan(RELEASE).id()).id();
    await().until(() -> waitsForApproval(client.rollout(rollout)));
    return client.rollout(rollout);
  }

  PlanJson plan(String release) {
    assertThat(client.createRelease(Path.of("/releases/" + release)).id()).isEqualTo(release);
    return client.plan(new MakePlan(release, List.of(), List.of(), List.of()));
  }

  static boolean waitsForApproval(RolloutJson rollout) {
    return rollout.hold().filter(h -> h.code().equals("approval")).isPresent();
  }

  /// A release whose content comes from the name of its folder.
  private static Release read(Path folder) {
    String name = folder.getFileName().toString();
    if (name.equals("missing")) {
      throw new ReleaseProblem.UnknownRelease(name).exception();
    }
    return Samples.release(name, folder.toString(), folder.toString());
  }

  private static RolloutPolicy policy() {
    TierPolicy basic =
        new TierPolicy(
            "basic",
            new Strategy.Canary(List.of(50, 100), Duration.ZERO),
            new FailureBudget(0, 1),
            OnUnhealthy.HALT);
    TierPolicy premium =
        new TierPolicy(
            "premium",
            new Strategy.BlueGreen(Duration.ZERO),
            FailureBudget.NONE,
            OnUnhealthy.REVERT);
    Gates approved =
        new Gates(
            Optional.of("release-managers"),
            Verification.EVERY_TENANT,
            Duration.ZERO,
            Optional.empty());
    return new RolloutPolicy(
        List.of(
            new TranchePolicy("basic", cohort("basic"), 10, Gates.OPEN),
            new TranchePolicy("premium", cohort("premium"), 5, approved)),
        Map.of("basic", basic, "premium", premium),
        new ContractPolicy(Duration.ZERO, Optional.of("dba")));
  }

  private static Cohort cohort(String tier) {
    return new Cohort(List.of(tier), List.of(), List.of(), 1);
  }

  private static Fleet fleet() {
    CellId pool = new CellId("pool");
    CellId premium = new CellId("premium-eu-1");
    List<Tenant> tenants = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      StoreUse use = new StoreUse(StoreRole.MAIN, new StoreId(new DatabaseId("pool-db"), "pool"));
      tenants.add(
          new Tenant(
              new TenantId("t-%03d".formatted(i)),
              "basic",
              i % 2 == 0 ? "us-east" : "eu-west",
              new TenantStatus.Active(),
              new Placement(IsolationModel.ROW, pool, List.of(use))));
    }
    tenants.add(schemaTenant("acme", premium, new TenantStatus.Active()));
    tenants.add(schemaTenant("globex", premium, new TenantStatus.Held("change freeze")));
    return Fleet.of(
        tenants,
        Set.of(new Cell(pool, 2, Stickiness.TENANT), new Cell(premium, 1, Stickiness.TENANT)));
  }

  private static Tenant schemaTenant(String id, CellId cell, TenantStatus status) {
    StoreId store = new StoreId(new DatabaseId("premium-eu"), "t_" + id);
    return new Tenant(
        new TenantId(id),
        "premium",
        "eu-west",
        status,
        new Placement(IsolationModel.SCHEMA, cell, List.of(new StoreUse(StoreRole.MAIN, store))));
  }

  @Override
  public void close() {
    client.close();
    server.close();
    engine.close();
  }
}
