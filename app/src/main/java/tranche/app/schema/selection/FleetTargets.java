package tranche.app.schema.selection;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tranche.app.cli.Selector;
import tranche.app.cli.Surroundings;
import tranche.app.schema.selection.TargetOptions.Include;
import tranche.app.schema.selection.Targets.LeftOut;
import tranche.app.server.ConfiguredFleet;
import tranche.config.ConfigReader;
import tranche.config.TrancheConfig;
import tranche.core.fleet.Fleet;
import tranche.core.fleet.FleetProblem;
import tranche.core.fleet.IsolationModel;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.StoreRole;
import tranche.core.fleet.Tenant;
import tranche.core.fleet.TenantStatus;

/// The stores of a fleet that its configuration describes.
final class FleetTargets {
  private static final Set<String> KEYS = Set.of("tier", "region", "tenant");

  private final TargetOptions options;
  private final TrancheConfig config;
  private final ConfiguredFleet source;

  FleetTargets(TargetOptions options, Path file, Surroundings surroundings) {
    this.options = options;
    this.config = ConfigReader.read(file, surroundings.environment());
    Path data =
        options.data().map(surroundings.folder()::resolve).orElse(config.controlPlane().data());
    this.source = ConfiguredFleet.ofStores(config, EmbeddedServer.ofStores(config, data));
  }

  /// Reads the tenants and picks the stores.
  ///
  /// @throws tranche.core.problem.ProblemException if tenants cannot be read, a selected one does
  ///   not exist, or no store is left
  Targets find() {
    Fleet fleet = fleet();
    List<LeftOut> leftOut = new ArrayList<>();
    Set<Tenant> selected = selected(fleet);
    Set<StoreId> wanted = new TreeSet<>();
    for (Tenant tenant : selected) {
      Optional<String> reason = reason(tenant.status());
      if (reason.isPresent()) {
        leftOut.add(new LeftOut("tenant " + tenant.id(), reason.get()));
      } else {
        wanted.addAll(tenant.placement().storeIds());
      }
    }
    List<TargetStore> stores = new ArrayList<>();
    for (StoreId id : wanted) {
      TargetStore store = store(id, fleet.tenantsIn(id));
      long others = fleet.tenantsIn(id).stream().filter(t -> !selected.contains(t)).count();
      if (others == 0 || options.included().contains(Include.SHARED)) {
        stores.add(store);
      } else {
        leftOut.add(new LeftOut("store " + id, sharedWith(others)));
      }
    }
    stores.sort(Comparator.comparing((TargetStore s) -> !s.isShared()));
    List<TargetStore> observed = observed(fleet, stores);
    if (stores.isEmpty()) {
      throw new TargetProblem.NothingLeft(config.file().toString(), reasons(leftOut)).exception();
    }
    return new Targets(name(), stores, observed, leftOut, source, Optional.of(config));
  }

  private Fleet fleet() {
    return FleetReading.with(source, config, ConfiguredFleet::read);
  }

  private Set<Tenant> selected(Fleet fleet) {
    Selector selector = Selector.parse(options.selectors(), KEYS);
    Set<String> known =
        fleet.tenants().stream().map(t -> t.id().value()).collect(Collectors.toSet());
    Set<String> regions = fleet.tenants().stream().map(Tenant::region).collect(Collectors.toSet());
    List<String> tiers = selector.expanded("tier", fleet.countByTier().keySet());
    List<String> inRegions = selector.expanded("region", regions);
    List<String> named = new ArrayList<>(selector.expanded("tenant", known));
    named.addAll(options.tenants());
    for (String id : named) {
      if (!known.contains(id)) {
        throw new FleetProblem.UnknownTenant(id).exception();
      }
    }
    Set<String> only = Set.copyOf(new TreeSet<>(named));
    return fleet.tenants().stream()
        .filter(t -> tiers.isEmpty() || tiers.contains(t.tier()))
        .filter(t -> inRegions.isEmpty() || inRegions.contains(t.region()))
        .filter(t -> only.isEmpty() || only.contains(t.id().value()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Optional<String> reason(TenantStatus status) {
    return switch (status) {
      case TenantStatus.Active _ -> Optional.empty();
      case TenantStatus.Held(String reason) -> Optional.of("held: " + reason);
      case TenantStatus.Suspended _ ->
          options.included().contains(Include.SUSPENDED)
              ? Optional.empty()
              : Optional.of("suspended; --include suspended takes it in");
    };
  }

  /// The shared stores of the fleet, if none is among those of the run: others may require them to
  /// be at some version.
  private static List<TargetStore> observed(Fleet fleet, List<TargetStore> stores) {
    if (stores.stream().anyMatch(TargetStore::isShared)) {
      return List.of();
    }
    return fleet.stores().stream()
        .map(id -> store(id, fleet.tenantsIn(id)))
        .filter(TargetStore::isShared)
        .toList();
  }

  private static String sharedWith(long others) {
    return "also holds data of %,d tenant%s not selected; --include shared takes it in"
        .formatted(others, others == 1 ? "" : "s");
  }

  /// A store of a fleet.
  static TargetStore store(StoreId store, List<Tenant> tenants) {
    List<String> tiers = tenants.stream().map(Tenant::tier).distinct().toList();
    boolean isShared = tenants.stream().anyMatch(t -> shares(t, store));
    return new TargetStore(
        store,
        tenants.size() == 1 && !isShared ? tenants.getFirst().id().value() : store.toString(),
        tenants.stream().map(t -> t.id().value()).toList(),
        tiers.size() == 1 ? Optional.of(tiers.getFirst()) : Optional.empty(),
        isShared);
  }

  private static boolean shares(Tenant tenant, StoreId store) {
    return tenant.placement().model() == IsolationModel.ROW
        || tenant.placement().stores().stream()
            .anyMatch(use -> use.role() == StoreRole.SHARED && use.store().equals(store));
  }

  private String name() {
    String picked =
        options.isSelective()
            ? " "
                + String.join(
                    " ",
                    java.util.stream.Stream.concat(
                            options.selectors().stream().map(s -> "-l " + s),
                            options.tenants().stream().map(t -> "--tenant " + t))
                        .toList())
            : "";
    return "fleet of " + config.file().getFileName() + picked;
  }

  private static String reasons(List<LeftOut> leftOut) {
    return leftOut.isEmpty()
        ? "it has no tenant of that kind"
        : leftOut.size()
            + " left out, the first: "
            + leftOut.getFirst().who()
            + ", "
            + leftOut.getFirst().reason();
  }
}
