package tranche.config.fleet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tranche.config.database.DatabaseConfig;
import tranche.config.database.ResolvedDatabase;
import tranche.config.database.Template;
import tranche.config.fleet.Claims.Sharing;
import tranche.config.problem.Where;
import tranche.core.fleet.Cell;
import tranche.core.fleet.CellId;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.Fleet;
import tranche.core.fleet.FleetProblem;
import tranche.core.fleet.IsolationModel;
import tranche.core.fleet.Placement;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.StoreRole;
import tranche.core.fleet.StoreUse;
import tranche.core.fleet.Tenant;
import tranche.core.fleet.TenantId;
import tranche.core.problem.ProblemException;
import tranche.core.problem.RecordedProblem;

/// Places tenants as their tiers say and proves that nobody gets a place that belongs to another.
///
/// An instance builds one fleet.
public final class FleetBuilder {
  private static final int MAX_NAME = 63;
  private static final int MAX_ID = 128;

  private final FleetConfig config;
  private final Map<TenantId, Where> seen = new HashMap<>();
  private final Map<CellId, Cell> cells = new TreeMap<>();
  private final Map<CellId, String> tierOfCell = new HashMap<>();
  private final Map<DatabaseId, ResolvedDatabase> databases = new TreeMap<>();
  private final Map<String, DatabaseId> locations = new HashMap<>();
  private final Claims<StoreId> stores = new Claims<>("store");
  private final Claims<DatabaseId> databaseClaims = new Claims<>("database");

  private FleetBuilder(FleetConfig config) {
    this.config = config;
  }

  /// The fleet of these tenants.
  ///
  /// @throws ProblemException [FleetProblem] (`duplicate-tenant`, `tenant-without-placement`) or
  ///   [PlacementProblem]
  public static DeclaredFleet build(FleetConfig config, List<TenantRow> rows) {
    FleetBuilder builder = new FleetBuilder(config);
    List<Tenant> tenants = new ArrayList<>(rows.size());
    rows.forEach(row -> tenants.add(builder.tenant(row)));
    return new DeclaredFleet(Fleet.of(tenants, builder.cells.values()), builder.databases);
  }

  private Tenant tenant(TenantRow row) {
    Where first = seen.putIfAbsent(row.id(), row.where());
    if (first != null) {
      throw declaredTwice(row, first);
    }
    TierConfig tier = config.tiers().get(row.tier());
    if (tier == null) {
      throw unplaced(row, "tier '" + row.tier() + "' is not declared, only " + tiers());
    }
    Placement placement =
        new Placement(tier.placement().model(), cell(tier, row), stores(tier, row));
    return new Tenant(row.id(), row.tier(), row.region(), row.status(), placement);
  }

  private String tiers() {
    return String.join(", ", config.tiers().keySet());
  }

  private CellId cell(TierConfig tier, TenantRow row) {
    requireRegion(tier.cell(), "cell", row);
    String name = Template.words(tier.cell(), row.id().value(), row.region());
    requireLength(name, "cell", row, MAX_ID);
    Cell cell = new Cell(new CellId(name), tier.instances(), tier.sticky());
    Cell known = cells.putIfAbsent(cell.id(), cell);
    String firstTier = tierOfCell.computeIfAbsent(cell.id(), _ -> tier.name());
    if (known != null && !known.equals(cell)) {
      throw new PlacementProblem.CellConflict(cell.id(), firstTier, tier.name()).exception();
    }
    return cell.id();
  }

  private List<StoreUse> stores(TierConfig tier, TenantRow row) {
    return switch (tier.placement()) {
      case PlacementTemplate.Single(IsolationModel model, StoreTemplate store) -> {
        Sharing sharing = model == IsolationModel.ROW ? Sharing.POOLED : Sharing.ALONE;
        StoreId id = store(store, row, sharing);
        databaseClaims.claim(
            id.database(), row, model == IsolationModel.DATABASE ? Sharing.ALONE : Sharing.POOLED);
        yield List.of(new StoreUse(StoreRole.MAIN, id));
      }
      case PlacementTemplate.Hybrid(StoreTemplate shared, StoreTemplate own) -> {
        StoreId sharedId = store(shared, row, Sharing.POOLED);
        StoreId ownId = store(own, row, Sharing.ALONE);
        databaseClaims.claim(sharedId.database(), row, Sharing.POOLED);
        databaseClaims.claim(ownId.database(), row, Sharing.POOLED);
        yield List.of(new StoreUse(StoreRole.SHARED, sharedId), new StoreUse(StoreRole.OWN, ownId));
      }
    };
  }

  private StoreId store(StoreTemplate template, TenantRow row, Sharing sharing) {
    DatabaseId database = database(template.database(), row);
    requireRegion(template.schema(), "schema", row);
    String schema = Template.name(template.schema(), row.id().value(), row.region());
    requireLength(schema, "schema", row, MAX_NAME);
    if (!StoreId.isPlain(schema)) {
      throw new PlacementProblem.NameNotAllowed(row.id(), "schema", schema).exception();
    }
    StoreId store = new StoreId(database, schema);
    stores.claim(store, row, sharing);
    return store;
  }

  private DatabaseId database(String key, TenantRow row) {
    DatabaseConfig declared = config.databases().get(key);
    if (declared == null) {
      throw unplaced(row, "database '" + key + "' is not declared");
    }
    requireRegion(key, "database", row);
    requireLength(Template.words(key, row.id().value(), row.region()), "database key", row, MAX_ID);
    ResolvedDatabase database = declared.resolve(row.id().value(), row.region());
    requireLength(database.name(), "database", row, MAX_NAME);
    databases.put(database.id(), database);
    DatabaseId first = locations.putIfAbsent(database.location(), database.id());
    if (first != null && !first.equals(database.id())) {
      throw new PlacementProblem.StoreCollision(
              "Database " + first, "database " + database.id(), database.location())
          .exception();
    }
    return database.id();
  }

  private static void requireRegion(String template, String kind, TenantRow row) {
    if (row.region().isEmpty() && Template.placeholders(template).contains("{region}")) {
      throw unplaced(row, "its region is empty and " + kind + " '" + template + "' needs it");
    }
  }

  private static void requireLength(String name, String kind, TenantRow row, int limit) {
    if (name.length() > limit) {
      throw new PlacementProblem.NameTooLong(row.id(), kind, name, limit).exception();
    }
  }

  private static ProblemException unplaced(TenantRow row, String missing) {
    return new FleetProblem.TenantWithoutPlacement(row.id(), missing + " (" + row.where() + ")")
        .exception();
  }

  // The core's problem knows ids only; in a file of 100,000 lines the lines matter more.
  private static ProblemException declaredTwice(TenantRow row, Where first) {
    var problem = new FleetProblem.DuplicateTenant(row.id());
    String what = problem.what() + ": at " + first + " and at " + row.where();
    return new RecordedProblem(problem.code(), problem.kind(), what, problem.why(), problem.fix())
        .exception();
  }
}
