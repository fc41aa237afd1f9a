package tranche.core.fleet;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// All tenants, cells and stores at one time. Complete: each placement names a cell that exists;
/// stores are exactly those that some tenant uses.
public final class Fleet {
  private final Map<TenantId, Tenant> tenants;
  private final Map<CellId, Cell> cells;
  private final Map<StoreId, List<Tenant>> tenantsByStore;
  private final Map<CellId, List<Tenant>> tenantsByCell;

  private Fleet(Map<TenantId, Tenant> tenants, Map<CellId, Cell> cells) {
    this.tenants = tenants;
    this.cells = cells;
    this.tenantsByStore = new TreeMap<>();
    this.tenantsByCell = new TreeMap<>();
    for (Tenant tenant : tenants.values()) {
      tenantsByCell
          .computeIfAbsent(tenant.placement().cell(), _ -> new java.util.ArrayList<>())
          .add(tenant);
      for (StoreId store : tenant.placement().storeIds()) {
        tenantsByStore.computeIfAbsent(store, _ -> new java.util.ArrayList<>()).add(tenant);
      }
    }
  }

  /// A fleet of these tenants in these cells.
  ///
  /// @throws tranche.core.problem.ProblemException [FleetProblem.DuplicateTenant] or
  ///   [FleetProblem.TenantWithoutPlacement]
  public static Fleet of(Collection<Tenant> tenants, Collection<Cell> cells) {
    Map<CellId, Cell> byCell = new TreeMap<>();
    cells.forEach(cell -> byCell.put(cell.id(), cell));
    Map<TenantId, Tenant> byId = new LinkedHashMap<>();
    for (Tenant tenant : tenants) {
      if (byId.put(tenant.id(), tenant) != null) {
        throw new FleetProblem.DuplicateTenant(tenant.id()).exception();
      }
      if (!byCell.containsKey(tenant.placement().cell())) {
        throw new FleetProblem.TenantWithoutPlacement(
                tenant.id(), "cell '" + tenant.placement().cell() + "' is not declared")
            .exception();
      }
    }
    return new Fleet(byId, byCell);
  }

  /// All tenants, in the order in which they were given.
  public List<Tenant> tenants() {
    return List.copyOf(tenants.values());
  }

  /// The tenant of that id, if there is one.
  public Optional<Tenant> tenant(TenantId id) {
    return Optional.ofNullable(tenants.get(id));
  }

  /// The tenant of that id.
  ///
  /// @throws tranche.core.problem.ProblemException [FleetProblem.UnknownTenant]
  public Tenant require(TenantId id) {
    return tenant(id).orElseThrow(() -> new FleetProblem.UnknownTenant(id.value()).exception());
  }

  /// All cells, by id.
  public Map<CellId, Cell> cells() {
    return Map.copyOf(cells);
  }

  /// The cell of that id, which a placement of this fleet names.
  public Cell cell(CellId id) {
    Cell cell = cells.get(id);
    if (cell == null) {
      throw new IllegalArgumentException("no cell " + id);
    }
    return cell;
  }

  /// All stores, sorted.
  public List<StoreId> stores() {
    return List.copyOf(tenantsByStore.keySet());
  }

  /// The tenants that keep data in a store; empty for a store of no tenant.
  public List<Tenant> tenantsIn(StoreId store) {
    return List.copyOf(tenantsByStore.getOrDefault(store, List.of()));
  }

  /// The tenants that a cell serves; empty for a cell of no tenant.
  public List<Tenant> tenantsIn(CellId cell) {
    return List.copyOf(tenantsByCell.getOrDefault(cell, List.of()));
  }

  /// How many tenants each tier has, sorted by name.
  public Map<String, Long> countByTier() {
    return tenants.values().stream()
        .collect(Collectors.groupingBy(Tenant::tier, TreeMap::new, Collectors.counting()));
  }
}
