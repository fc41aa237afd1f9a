package tranche.app.onboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tranche.app.onboard.Decided.Goal;
import tranche.app.schema.Folders;
import tranche.app.schema.MigrationOptions;
import tranche.app.schema.Stores;
import tranche.app.schema.selection.FleetReading;
import tranche.app.schema.selection.TargetStore;
import tranche.app.schema.selection.Targets;
import tranche.app.server.ConfiguredFleet;
import tranche.app.server.ControlRecords.Unfinished;
import tranche.config.fleet.TenantRow;
import tranche.config.fleet.TenantSource;
import tranche.core.fleet.Fleet;
import tranche.core.fleet.IsolationModel;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.Tenant;
import tranche.core.fleet.TenantId;
import tranche.core.migration.HistoryKind;
import tranche.core.problem.ProblemException;
import tranche.core.release.Release;
import tranche.core.release.ReleaseId;
import tranche.core.release.SchemaVersion;
import tranche.core.rollout.LedgerEntry;
import tranche.engine.fanout.ChangeLimits;
import tranche.engine.fanout.FanoutSettings;
import tranche.engine.fanout.StoreAccess;
import tranche.postgres.onboard.NewStores.Whole;
import tranche.postgres.onboard.OnboardProblem;
import tranche.postgres.onboard.Place;

/// Finds out what adding a tenant will do, without changing anything.
final class Surveyor {
  private final Site site;
  private final MigrationOptions migrations;
  private final Optional<SchemaVersion> to;
  private final Recording recording;

  /// @param to the version that was asked for, if one was
  Surveyor(Site site, MigrationOptions migrations, Optional<SchemaVersion> to) {
    this.site = site;
    this.migrations = migrations;
    this.to = to;
    this.recording = new Recording(site.config(), site.surroundings());
  }

  /// What is known of the tiers' tenants besides their stores.
  private record Running(Map<TenantId, LedgerEntry> ledger, Optional<Unfinished> rollout) {}

  /// Finds out what will be done.
  ///
  /// @throws tranche.core.problem.ProblemException why it cannot be done
  Decided decide(TenantRow row) {
    List<TenantRow> rows = FleetReading.with(site.fleet(), site.config(), ConfiguredFleet::rows);
    Optional<TenantRow> listed = rows.stream().filter(r -> r.id().equals(row.id())).findFirst();
    listed.ifPresent(l -> recording.requireSame(l, row));
    List<TenantRow> all = new ArrayList<>(rows);
    if (listed.isEmpty()) {
      all.add(row);
    }
    Fleet fleet = site.fleet().of(all);
    Tenant tenant = fleet.require(row.id());
    List<StoreToMake> stores = stores(fleet, tenant, listed);
    if (listed.isPresent() && stores.isEmpty()) {
      throw new AddProblem.TenantExists(row.id().value(), recording.place(listed.get()))
          .exception();
    }
    if (listed.isEmpty()) {
      recording.requirePossible(row);
    }
    return decided(new Asked(row, listed), fleet, tenant, stores);
  }

  /// What was asked for, and what the list of tenants has of it.
  private record Asked(TenantRow row, Optional<TenantRow> listed) {}

  private Decided decided(Asked asked, Fleet fleet, Tenant tenant, List<StoreToMake> stores) {
    Running running = running();
    requireStill(fleet, tenant, running);
    Optional<LedgerEntry> entry = entry(fleet, tenant, running);
    Optional<Course> course =
        stores.isEmpty() ? Optional.empty() : Optional.of(course(fleet, tenant, stores, entry));
    Map<StoreId, Goal> goals = new TreeMap<>();
    for (StoreToMake store : stores) {
      Goal goal = goal(fleet, tenant, store, course.orElseThrow());
      List<String> _ = course.orElseThrow().way(store.target(), goal.version());
      goals.put(store.id(), goal);
    }
    return new Decided(
        asked.row(),
        tenant,
        asked.listed(),
        stores,
        course,
        goals,
        entry.map(LedgerEntry::release));
  }

  private Running running() {
    return site.records()
        .map(r -> new Running(r.ledger(), r.unfinished()))
        .orElseGet(() -> new Running(Map.of(), Optional.empty()));
  }

  /// The stores that are to be made: the tenant's own, and shared ones that nobody has made yet.
  private List<StoreToMake> stores(Fleet fleet, Tenant tenant, Optional<TenantRow> listed) {
    List<StoreToMake> stores = new ArrayList<>();
    Set<StoreId> own = Set.copyOf(TierVersion.own(tenant));
    for (TargetStore target : FleetReading.stores(fleet, tenant.placement().storeIds())) {
      boolean isOwn = own.contains(target.store());
      boolean isAlone = isOwn && tenant.placement().model() == IsolationModel.DATABASE;
      Whole whole = isAlone ? Whole.DATABASE : Whole.SCHEMA;
      Place place = site.stores().look(target.store(), whole);
      Optional<Boolean> begun = isOwn ? own(tenant, target, place, listed) : shared(place);
      begun.ifPresent(isBegun -> stores.add(new StoreToMake(target, whole, isBegun)));
    }
    stores.sort(java.util.Comparator.comparing(s -> !s.target().isShared()));
    return stores;
  }

  /// Whether it was begun before; empty if it is there already and the tenant's own.
  private Optional<Boolean> own(
      Tenant tenant, TargetStore target, Place place, Optional<TenantRow> listed) {
    String maker = "tenant " + tenant.id();
    return switch (place) {
      case Place.NoDatabase _ -> {
        site.stores().requireCreatable(target.store());
        yield Optional.of(false);
      }
      case Place.NoSchema _, Place.Empty _ -> Optional.of(false);
      case Place.Begun(var by) when by.equals(maker) -> Optional.of(true);
      case Place.Begun(var by) ->
          throw new OnboardProblem.PlaceInUse(
                  tenant.id().value(), target.store(), "been begun for " + by)
              .exception();
      case Place.Used(var contents) -> {
        if (listed.isPresent()) {
          yield Optional.empty();
        }
        throw new OnboardProblem.PlaceInUse(tenant.id().value(), target.store(), contents)
            .exception();
      }
    };
  }

  private static Optional<Boolean> shared(Place place) {
    return switch (place) {
      case Place.NoDatabase _, Place.NoSchema _, Place.Empty _ -> Optional.of(false);
      case Place.Begun _ -> Optional.of(true);
      case Place.Used _ -> Optional.empty();
    };
  }

  /// A tenant cannot join a rollout whose plan is made.
  private void requireStill(Fleet fleet, Tenant tenant, Running running) {
    running
        .rollout()
        .filter(_ -> to.isEmpty())
        .filter(r -> moves(r, fleet, tenant))
        .ifPresent(r -> {
          throw new AddProblem.TierIsMoving(tenant.tier(), r.id().value(), r.plan().to().value())
              .exception();
        });
  }

  /// Whether the rollout moves tenants of the tier, or of the cell that the tenant will be in.
  private static boolean moves(Unfinished rollout, Fleet fleet, Tenant tenant) {
    return rollout.plan().tranches().stream()
        .flatMap(t -> t.batches().stream())
        .flatMap(b -> b.moves().stream())
        .anyMatch(m ->
            m.cell().equals(tenant.placement().cell())
                || fleet
                    .tenant(m.tenant())
                    .filter(t -> t.tier().equals(tenant.tier()))
                    .isPresent());
  }

  /// A tenant of the tier in the ledger, if there is one: they all run one release.
  private Optional<LedgerEntry> entry(Fleet fleet, Tenant tenant, Running running) {
    Map<ReleaseId, List<LedgerEntry>> byRelease = new LinkedHashMap<>();
    fleet.tenants().stream()
        .filter(t -> t.tier().equals(tenant.tier()))
        .flatMap(t -> Optional.ofNullable(running.ledger().get(t.id())).stream())
        .forEach(e -> byRelease.computeIfAbsent(e.release(), _ -> new ArrayList<>()).add(e));
    if (byRelease.size() > 1 && to.isEmpty()) {
      List<String> words =
          byRelease.entrySet().stream()
              .map(e -> "%,d run %s".formatted(e.getValue().size(), e.getKey()))
              .toList();
      throw new AddProblem.TierReleasesDiffer(tenant.tier(), words.get(0), words.get(1))
          .exception();
    }
    return byRelease.values().stream().map(List::getFirst).filter(this::leadsThere).findFirst();
  }

  private boolean leadsThere(LedgerEntry entry) {
    return to.isEmpty()
        || release(entry).stream()
            .flatMap(r -> r.schema().migrations().stream())
            .anyMatch(m -> m.version().equals(to.get()));
  }

  private Optional<Release> release(LedgerEntry entry) {
    return site.records().flatMap(r -> r.release(entry.release()));
  }

  private Course course(
      Fleet fleet, Tenant tenant, List<StoreToMake> stores, Optional<LedgerEntry> entry) {
    Optional<Release> release = entry.flatMap(this::release);
    if (release.isPresent() && migrations.folder().isEmpty()) {
      return new ReleaseCourse(
          release.get(), entry.flatMap(LedgerEntry::rollout), site.stores(), site.driver());
    }
    List<TargetStore> shared =
        FleetReading.stores(fleet, fleet.stores()).stream().filter(TargetStore::isShared).toList();
    Targets targets =
        new Targets(
            "tenant " + tenant.id(),
            stores.stream().map(StoreToMake::target).toList(),
            shared,
            List.of(),
            site.fleet(),
            Optional.of(site.config()));
    Folders folders = Folders.read(migrations, targets, site.surroundings());
    return new FolderCourse(folders, targets, settings(), site.surroundings());
  }

  private FanoutSettings settings() {
    ChangeLimits usual = ChangeLimits.ORDINARY;
    return FanoutSettings.ORDINARY.withLimits(
        new ChangeLimits(
            site.config().limits().lockTimeout(),
            usual.lockTries(),
            site.config().limits().statementTimeout(),
            usual.recycleAfter()));
  }

  private Goal goal(Fleet fleet, Tenant tenant, StoreToMake store, Course course) {
    if (store.target().isShared()) {
      return newest(course, store, "the newest; it is shared and new");
    }
    Optional<TierVersion> tier = tier(fleet, tenant, course);
    var other = tier.flatMap(TierVersion::otherTool);
    other.ifPresent(o -> requirePossible(tenant, store, course, o));
    if (to.isPresent()) {
      return new Goal(to.get(), "as asked with --to", true, other);
    }
    return tier.orElseThrow()
        .only()
        .map(version -> new Goal(version, where(tier.orElseThrow()), false, other))
        .orElseGet(() -> newest(course, store, "the newest; the tier has no other store"));
  }

  /// Where the tier is; empty if nobody knows and a version was asked for.
  private Optional<TierVersion> tier(Fleet fleet, Tenant tenant, Course course) {
    try {
      return Optional.of(TierVersion.read(fleet, tenant, access(fleet, course)));
    } catch (ProblemException e) {
      if (to.isPresent() && e.problem() instanceof AddProblem.TierNotAdopted) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// The other tool's table is made like one of the same database, and only a run over a folder
  /// writes into it.
  private static void requirePossible(
      Tenant tenant, StoreToMake store, Course course, Map.Entry<StoreId, HistoryKind> other) {
    boolean isNear = other.getKey().database().equals(store.id().database());
    if (!isNear || !(course instanceof FolderCourse)) {
      throw new AddProblem.TierHasOtherTool(
              tenant.tier(), other.getKey().toString(), other.getValue().word())
          .exception();
    }
  }

  private static String where(TierVersion tier) {
    return tier.count() == 1
        ? "as the other store of " + tier.tier()
        : "as the %,d other stores of %s".formatted(tier.count(), tier.tier());
  }

  private static Goal newest(Course course, StoreToMake store, String because) {
    SchemaVersion newest = course.newest(store.target()).orElse(SchemaVersion.NONE);
    return new Goal(newest, because, false, Optional.empty());
  }

  /// Sees also what other tools have run on adopted stores since, as far as the course has their
  /// migrations.
  private StoreAccess access(Fleet fleet, Course course) {
    if (!(course instanceof FolderCourse folder)) {
      return Stores.access(site.fleet());
    }
    Targets all =
        new Targets(
            "fleet",
            FleetReading.stores(fleet, fleet.stores()),
            List.of(),
            List.of(),
            site.fleet(),
            Optional.of(site.config()));
    return Stores.seeing(all, folder.folders());
  }

  /// Where the tier is now, for a tenant that was just put on the list.
  TierVersion tierNow(Decided decided) {
    List<TenantRow> rows = FleetReading.with(site.fleet(), site.config(), ConfiguredFleet::rows);
    if (rows.stream().noneMatch(r -> r.id().equals(decided.row().id()))) {
      rows = new ArrayList<>(rows);
      rows.add(decided.row());
    }
    Fleet fleet = site.fleet().of(rows);
    Course course = decided.course().orElseThrow();
    return TierVersion.read(fleet, decided.tenant(), access(fleet, course));
  }

  /// The tenants of all sources that are no files.
  List<TenantRow> rowsElsewhere() {
    return FleetReading.with(
        site.fleet(),
        site.config(),
        fleet -> fleet.rows(source -> !(source instanceof TenantSource.Csv)));
  }

  Recording recording() {
    return recording;
  }
}
