package tranche.server.fleet;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tranche.api.fleet.FleetJson;
import tranche.api.fleet.TenantJson;
import tranche.api.fleet.TenantPage;
import tranche.core.fleet.FleetProblem;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.TenantId;
import tranche.core.release.ReleaseId;
import tranche.engine.control.ControlPlane;
import tranche.engine.control.TenantView;
import tranche.server.http.Ask;
import tranche.server.http.Cursor;
import tranche.server.http.Routes;

/// Tenants and the fleet.
public final class FleetRoutes {
  private static final int DEFAULT_LIMIT = 100;
  private static final int LIMIT = 1_000;

  private final ControlPlane plane;

  /// Routes that ask that control plane.
  public FleetRoutes(ControlPlane plane) {
    this.plane = plane;
  }

  /// Declares them.
  public void register(Routes routes) {
    routes.get("/fleet", Set.of(), _ -> fleet());
    routes.get(
        "/tenants",
        Set.of("tier", "region", "release", "model", "q", "limit", "cursor"),
        this::tenants);
    routes.get("/tenants/{tenant}", Set.of(), ask -> tenant(id(ask.path("tenant"))));
    routes.get(
        "/tenants/{tenant}/why",
        Set.of(),
        ask -> TenantWords.of(plane.why(id(ask.path("tenant")))));
  }

  /// The id of a tenant as a request names it.
  ///
  /// @throws tranche.core.problem.ProblemException [FleetProblem.UnknownTenant] if it cannot be one
  public static TenantId id(String text) {
    if (!TenantId.isWellFormed(text)) {
      String shown = text.length() > 80 ? text.substring(0, 80) + "..." : text;
      throw new FleetProblem.UnknownTenant(shown.replaceAll("\\p{Cntrl}", "?")).exception();
    }
    return new TenantId(text);
  }

  private FleetJson fleet() {
    List<TenantView> tenants = plane.tenants();
    List<StoreId> stores = plane.fleet().stores();
    return new FleetJson(
        tenants.size(),
        stores.stream().map(StoreId::database).distinct().count(),
        stores.size(),
        plane.fleet().cells().size(),
        count(tenants, v -> v.tenant().tier()),
        count(tenants, v -> v.tenant().region()),
        count(tenants, v -> v.tenant().placement().model().word()),
        count(tenants, FleetRoutes::release));
  }

  private static String release(TenantView view) {
    return view.release().map(ReleaseId::value).orElse("");
  }

  private static Map<String, Long> count(
      List<TenantView> tenants, Function<TenantView, String> key) {
    return tenants.stream()
        .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()));
  }

  /// Pages are by id, so that tenants that come and go between two pages shift no other.
  private TenantPage tenants(Ask ask) {
    int limit = ask.limit(DEFAULT_LIMIT, LIMIT);
    Optional<String> after = Cursor.place(ask);
    List<TenantView> matching = matching(ask);
    List<TenantView> rest =
        matching.stream()
            .filter(v -> after.isEmpty() || v.tenant().id().value().compareTo(after.get()) > 0)
            .toList();
    List<TenantJson> items = rest.stream().limit(limit).map(TenantWords::of).toList();
    Optional<String> next =
        rest.size() > limit ? Optional.of(Cursor.of(items.getLast().id())) : Optional.empty();
    return new TenantPage(items, matching.size(), next);
  }

  private List<TenantView> matching(Ask ask) {
    Optional<String> tier = ask.query("tier");
    Optional<String> region = ask.query("region");
    Optional<String> release = ask.query("release");
    Optional<String> model = ask.query("model");
    Optional<String> part = ask.query("q");
    return plane.tenants().stream()
        .filter(v -> tier.isEmpty() || tier.get().equals(v.tenant().tier()))
        .filter(v -> region.isEmpty() || region.get().equals(v.tenant().region()))
        .filter(v -> release.isEmpty() || release.get().equals(release(v)))
        .filter(v -> model.isEmpty() || model.get().equals(v.tenant().placement().model().word()))
        .filter(v -> part.isEmpty() || v.tenant().id().value().contains(part.get()))
        .sorted(Comparator.comparing(v -> v.tenant().id()))
        .toList();
  }

  private TenantJson tenant(TenantId id) {
    TenantView view = plane.tenant(id);
    return TenantWords.withVersions(
        view, () -> plane.versions(view.tenant().placement().storeIds()));
  }
}
