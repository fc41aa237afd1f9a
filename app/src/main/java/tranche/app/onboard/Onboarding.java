package tranche.app.onboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tranche.api.fleet.TenantAddJson;
import tranche.api.fleet.TenantAddJson.ListedJson;
import tranche.api.fleet.TenantAddJson.MadeJson;
import tranche.app.onboard.Decided.Goal;
import tranche.config.fleet.TenantRow;
import tranche.core.fleet.StoreId;
import tranche.core.release.SchemaVersion;
import tranche.postgres.onboard.OnboardLock;

/// Adds a tenant.
///
/// The tenant comes into being with its line in the list of tenants, and that is written when its
/// stores are whole. Before, nothing but a marked schema can be seen of it, which no other command
/// looks at; the same command goes on there. So a crash between any two steps leaves either nothing
/// of the tenant or all of it.
///
/// A run over the tier at the same time cannot miss it. Such a run reads the list again after its
/// last store. If that was after the line was written, it takes the new store along. If it was
/// before, then all other stores were moved before the line was written, so the look at the tier
/// that follows the writing sees the new version, and the store follows.
final class Onboarding {
  private final Site site;
  private final Surveyor surveyor;
  private final Step.Reached reached;
  private final List<String> remarks = new ArrayList<>();
  private final Map<StoreId, List<String>> ran = new LinkedHashMap<>();
  private final Map<StoreId, SchemaVersion> at = new LinkedHashMap<>();
  private boolean isOnList;

  Onboarding(Site site, Surveyor surveyor, Step.Reached reached) {
    this.site = site;
    this.surveyor = surveyor;
    this.reached = reached;
  }

  /// Finds out what would be done, and does nothing.
  ///
  /// @throws tranche.core.problem.ProblemException why it cannot be done
  TenantAddJson preview(TenantRow row) {
    Instant began = site.surroundings().clock().instant();
    Decided decided = surveyor.decide(row);
    for (StoreToMake store : decided.stores()) {
      Goal goal = decided.goal(store.target());
      at.put(store.id(), goal.version());
      ran.put(store.id(), decided.course().orElseThrow().way(store.target(), goal.version()));
    }
    ListedJson listed =
        decided
            .listed()
            .map(surveyor.recording()::before)
            .orElseGet(() -> surveyor.recording().preview(row));
    return json(decided, listed, true, began);
  }

  /// Adds it, or goes on where an earlier call ended.
  ///
  /// @throws tranche.core.problem.ProblemException what went wrong; the tenant is not on the list
  ///   then, unless it was before
  TenantAddJson add(Decided decided) {
    Instant began = site.surroundings().clock().instant();
    Deque<OnboardLock> locks = new ArrayDeque<>();
    isOnList = decided.listed().isPresent();
    try {
      make(decided, locks);
      ListedJson listed = list(decided);
      isOnList = !listed.how().equals("by-hand");
      reached.reached(Step.LISTED);
      follow(decided);
      reached.reached(Step.FOLLOWED);
      if (isOnList) {
        decided.stores().forEach(store -> site.stores().finish(store.id()));
      }
      reached.reached(Step.FINISHED);
      return json(decided, listed, false, began);
    } finally {
      locks.forEach(OnboardLock::close);
    }
  }

  /// Whether the tenant is on the list of tenants, as far as this has seen.
  boolean isOnList() {
    return isOnList;
  }

  private void make(Decided decided, Deque<OnboardLock> locks) {
    String tenant = decided.tenant().id().value();
    decided.stores().forEach(store -> site.stores().ensureDatabase(store.id()));
    reached.reached(Step.DATABASE);
    for (StoreToMake store : decided.stores()) {
      locks.push(site.stores().lock(store.id(), tenant));
      site.stores().create(store.id(), tenant, store.maker(), store.whole());
    }
    reached.reached(Step.SCHEMA);
    for (StoreToMake store : decided.stores()) {
      site.stores().provision(store.id());
      decided
          .goal(store.target())
          .other()
          .ifPresent(o -> site.stores().keepOtherHistory(store.id(), o.getKey(), o.getValue()));
    }
    reached.reached(Step.RIGHTS);
    for (StoreToMake store : decided.stores()) {
      bring(decided, store, decided.goal(store.target()).version());
    }
    reached.reached(Step.MIGRATIONS);
  }

  private void bring(Decided decided, StoreToMake store, SchemaVersion to) {
    if (!to.equals(SchemaVersion.NONE)) {
      List<String> some = decided.course().orElseThrow().bring(store.target(), to);
      site.stores().secure(store.id());
      ran.computeIfAbsent(store.id(), _ -> new ArrayList<>()).addAll(some);
    }
    at.put(store.id(), to);
  }

  private ListedJson list(Decided decided) {
    return decided
        .listed()
        .map(surveyor.recording()::before)
        .orElseGet(() -> surveyor.recording().write(decided.row(), surveyor.rowsElsewhere()));
  }

  /// Looks at the tier once more, now that every run over it will see the tenant.
  private void follow(Decided decided) {
    for (StoreToMake store : decided.stores()) {
      Goal goal = decided.goal(store.target());
      if (store.target().isShared() || goal.isAsked()) {
        continue;
      }
      Set<SchemaVersion> now = surveyor.tierNow(decided).byVersion().keySet();
      if (now.size() > 1) {
        remarks.add(
            "The stores of tier "
                + decided.tenant().tier()
                + " are being moved; the run that moves them takes "
                + store.id()
                + " along, or else the next one.");
      } else if (now.stream().anyMatch(v -> v.isAfter(goal.version()))) {
        SchemaVersion newer = now.iterator().next();
        bring(decided, store, newer);
        remarks.add(
            "Tier %s was moved to V%s meanwhile, and %s has followed."
                .formatted(decided.tenant().tier(), newer, store.id()));
      }
    }
  }

  private TenantAddJson json(Decided decided, ListedJson listed, boolean isDry, Instant began) {
    return new TenantAddJson(
        decided.tenant().id().value(),
        decided.tenant().tier(),
        decided.tenant().region(),
        decided.tenant().placement().model().name().toLowerCase(java.util.Locale.ROOT),
        isDry,
        decided.stores().stream().map(store -> made(decided, store)).toList(),
        listed,
        remarks,
        Duration.between(began, site.surroundings().clock().instant()));
  }

  private MadeJson made(Decided decided, StoreToMake store) {
    SchemaVersion version = at.getOrDefault(store.id(), SchemaVersion.NONE);
    return new MadeJson(
        store.id().toString(),
        store.target().isShared(),
        store.isBegun() ? "continued" : "new",
        "migrations",
        version.equals(SchemaVersion.NONE) ? Optional.empty() : Optional.of(version.toString()),
        decided.goal(store.target()).because(),
        ran.getOrDefault(store.id(), List.of()));
  }
}
