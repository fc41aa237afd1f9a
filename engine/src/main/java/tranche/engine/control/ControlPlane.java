package tranche.engine.control;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tranche.core.fleet.Fleet;
import tranche.core.fleet.FleetProblem;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.Tenant;
import tranche.core.fleet.TenantId;
import tranche.core.policy.RolloutPolicy;
import tranche.core.release.Release;
import tranche.core.release.ReleaseId;
import tranche.core.release.SchemaVersion;
import tranche.core.rollout.FleetState;
import tranche.core.rollout.JournalEntry;
import tranche.core.rollout.LedgerEntry;
import tranche.core.rollout.Move;
import tranche.core.rollout.Plan;
import tranche.core.rollout.Planner;
import tranche.core.rollout.RolloutId;
import tranche.core.rollout.StorePlan;
import tranche.engine.release.ReleaseReader;
import tranche.engine.rollout.Archive;
import tranche.engine.rollout.Engine;
import tranche.engine.rollout.Fleets;
import tranche.engine.rollout.ReleaseLookup;
import tranche.engine.rollout.RolloutStore;
import tranche.engine.rollout.RolloutStore.RolloutRecord;
import tranche.engine.rollout.ServiceProblem;
import tranche.engine.schema.SchemaDriver;

/// Everything that can be asked of a control plane.
public final class ControlPlane {
  private final Archive archive;
  private final Engine engine;
  private final Fleets fleets;
  private final Knowledge knowledge;
  private final InstantSource clock;

  /// What planning looks at besides the archive.
  public record Knowledge(ReleaseReader reader, SchemaDriver schema, RolloutPolicy policy) {}

  /// A control plane over a running engine.
  public ControlPlane(
      Archive archive, Engine engine, Fleets fleets, Knowledge knowledge, InstantSource clock) {
    this.archive = archive;
    this.engine = engine;
    this.fleets = fleets;
    this.knowledge = knowledge;
    this.clock = clock;
  }

  /// Whether this control plane may act.
  public boolean isInCharge() {
    return engine.isInCharge();
  }

  /// Reads a release folder and stores what is in it.
  ///
  /// @throws tranche.core.problem.ProblemException if the folder cannot be read, or the name is
  ///   taken by other content
  public Release createRelease(Path folder) {
    Release release = knowledge.reader().read(folder);
    archive.releases().create(release);
    return release;
  }

  /// All releases, oldest first.
  public List<Release> releases() {
    return archive.releases().all();
  }

  /// The release of that name.
  ///
  /// @throws tranche.core.problem.ProblemException
  ///   [tranche.core.release.ReleaseProblem.UnknownRelease]
  public Release release(ReleaseId id) {
    return ReleaseLookup.in(archive.releases()).require(id);
  }

  /// The fleet as last read.
  public Fleet fleet() {
    return fleets.current();
  }

  /// All tenants with what they run, in the order of the fleet.
  public List<TenantView> tenants() {
    Map<TenantId, LedgerEntry> ledger = archive.ledger().entries();
    return fleets.current().tenants().stream().map(t -> view(t, ledger)).toList();
  }

  /// One tenant with what it runs.
  ///
  /// @throws tranche.core.problem.ProblemException [FleetProblem.UnknownTenant]
  public TenantView tenant(TenantId id) {
    return view(fleets.current().require(id), archive.ledger().entries());
  }

  private static TenantView view(Tenant tenant, Map<TenantId, LedgerEntry> ledger) {
    Optional<LedgerEntry> entry = Optional.ofNullable(ledger.get(tenant.id()));
    return new TenantView(
        tenant,
        entry.map(LedgerEntry::release),
        entry.map(LedgerEntry::since),
        entry.flatMap(LedgerEntry::rollout).map(RolloutId::value));
  }

  /// The schema versions of those stores, as read from them now; absent means not there.
  public Map<StoreId, SchemaVersion> versions(List<StoreId> stores) {
    return knowledge.schema().versions(stores);
  }

  /// Makes and stores a plan from the fleet as it is now. Changes nothing else.
  ///
  /// @throws tranche.core.problem.ProblemException [FleetProblem.UnknownTenant] if one is named
  ///   that does not exist; if there is nothing to move or safety cannot be shown, see [Planner]
  public Plan plan(PlanRequest request) {
    Release release = release(request.to());
    Fleet fleet = fleets.refresh();
    requireKnown(fleet, request.only().tenants());
    Plan plan = Planner.plan(observe(fleet), release, knowledge.policy(), request.only());
    archive.rollouts().save(plan, clock.instant());
    return plan;
  }

  /// A tenant that is named and does not exist is a mistake, unlike a pattern that matches nobody.
  private static void requireKnown(Fleet fleet, List<String> tenants) {
    Set<String> known =
        fleet.tenants().stream().map(t -> t.id().value()).collect(Collectors.toSet());
    for (String tenant : tenants) {
      if (!tenant.contains("*") && !known.contains(tenant)) {
        throw new FleetProblem.UnknownTenant(tenant).exception();
      }
    }
  }

  private FleetState observe(Fleet fleet) {
    Map<TenantId, ReleaseId> ledger =
        archive.ledger().entries().values().stream()
            .collect(Collectors.toMap(LedgerEntry::tenant, LedgerEntry::release));
    Map<ReleaseId, Release> releases =
        archive.releases().all().stream().collect(Collectors.toMap(Release::id, r -> r));
    return new FleetState(fleet, ledger, knowledge.schema().versions(fleet.stores()), releases);
  }

  /// The stored plan whose hash begins so.
  ///
  /// @throws tranche.core.problem.ProblemException [ServiceProblem.UnknownPlan]
  public Plan plan(String prefix) {
    return archive
        .rollouts()
        .plan(prefix)
        .orElseThrow(() -> new ServiceProblem.UnknownPlan(prefix).exception());
  }

  /// The latest plans, newest first.
  public List<RolloutStore.StoredPlan> plans(int limit) {
    return archive.rollouts().plans(limit);
  }

  /// Starts exactly that plan.
  ///
  /// @throws tranche.core.problem.ProblemException [ServiceProblem.PlanIsStale] if the fleet is not
  ///   as the plan found it, [ServiceProblem.RolloutInProgress] if another rollout has not ended
  public RolloutView start(String planPrefix, String by) {
    Plan plan = plan(planPrefix);
    // What a rollout under way has changed makes every plan stale: name the rollout, not its
    // traces.
    Optional<RolloutRecord> other = archive.rollouts().unfinished().stream().findFirst();
    if (other.isPresent()) {
      throw new ServiceProblem.RolloutInProgress(other.get().id().value()).exception();
    }
    requireFresh(plan);
    RolloutRecord rollout = archive.rollouts().start(plan, by, engine.requireFence());
    engine.goOn(rollout);
    return rollout(rollout.id());
  }

  private void requireFresh(Plan plan) {
    FleetState now = observe(fleets.current());
    for (Move move : plan.moves()) {
      if (!now.releaseOf(move.tenant()).equals(move.from())) {
        String runs = now.releaseOf(move.tenant()).map(ReleaseId::value).orElse("nothing");
        throw stale(plan, "tenant " + move.tenant() + " runs " + runs);
      }
      if (now.fleet().tenant(move.tenant()).isEmpty()) {
        throw stale(plan, "tenant " + move.tenant() + " is gone");
      }
    }
    for (StorePlan store : plan.stores()) {
      if (!now.versionOf(store.store()).equals(store.current())) {
        throw stale(plan, "store " + store.store() + " is at " + now.versionOf(store.store()));
      }
    }
  }

  private static RuntimeException stale(Plan plan, String now) {
    return new ServiceProblem.PlanIsStale(plan.id(), now).exception();
  }

  /// All rollouts, newest first.
  public List<RolloutView> rollouts(int limit) {
    return archive.rollouts().rollouts(limit).stream().map(r -> rollout(r.id())).toList();
  }

  /// The rollout as it is now.
  ///
  /// @throws tranche.core.problem.ProblemException [ServiceProblem.UnknownRollout]
  public RolloutView rollout(RolloutId id) {
    RolloutRecord rollout =
        archive
            .rollouts()
            .rollout(id)
            .orElseThrow(() -> new ServiceProblem.UnknownRollout(id.value()).exception());
    return engine.view(id, (state, hold) -> Views.of(rollout, state, hold));
  }

  /// What a person asks of a rollout.
  ///
  /// @throws tranche.core.problem.ProblemException [ServiceProblem.NotNow] if it does not fit what
  ///   the rollout is doing, [tranche.core.rollout.RolloutProblem.PointOfNoReturn] for a revert
  ///   that comes too late
  public RolloutView command(RolloutId id, Command command, String by) {
    engine.ask(id, state -> Commands.events(id, command, by, state));
    return rollout(id);
  }

  /// Why a tenant, or the whole rollout, is where it is.
  public Why explain(RolloutId id, Optional<TenantId> tenant) {
    return engine.view(id, (state, hold) -> Explain.explain(id, state, hold, tenant));
  }

  /// Why a tenant is where it is, looking at the latest rollout that has to do with it.
  public Why why(TenantId tenant) {
    TenantView view = tenant(tenant);
    return archive.rollouts().rollouts(1).stream()
        .findFirst()
        .map(latest -> explain(latest.id(), Optional.of(tenant)))
        .orElseGet(() -> Explain.withoutRollout(view));
  }

  /// The journal of a rollout after a sequence number.
  public List<JournalEntry> journal(RolloutId id, long after, int limit) {
    return archive.journal().read(id, after, limit);
  }

  /// The journal of all rollouts after a sequence number.
  public List<JournalEntry> events(long after, int limit) {
    return archive.journal().readAll(after, limit);
  }
}
