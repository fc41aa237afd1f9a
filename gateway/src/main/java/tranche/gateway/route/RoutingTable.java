package tranche.gateway.route;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tranche.core.problem.ProblemException;
import tranche.gateway.problem.TableProblem;

/// One whole, immutable and valid answer to "who is served where".
///
/// @param cells by id
/// @param tenants by id; equal routes are expected to be one shared object
public record RoutingTable(
    TableVersion version, Map<String, Cell> cells, Map<String, TenantRoute> tenants) {
  /// Most tenants in a table.
  public static final int MAX_TENANTS = 200_000;

  /// Most cells in a table.
  public static final int MAX_CELLS = 10_000;

  /// Most arms in a cell or in a route.
  public static final int MAX_ARMS = 8;

  /// Most instances in an arm.
  public static final int MAX_INSTANCES_PER_ARM = 256;

  /// Most instances in a table.
  public static final int MAX_INSTANCES = 10_000;

  /// The table before the first one is put.
  public static final RoutingTable EMPTY = new RoutingTable(TableVersion.NONE, Map.of(), Map.of());

  /// Copies the maps and checks the content.
  ///
  /// @throws ProblemException with [TableProblem.TableWrong] when the content contradicts itself
  public RoutingTable {
    cells = Collections.unmodifiableMap(new HashMap<>(cells));
    tenants = Collections.unmodifiableMap(new HashMap<>(tenants));
    TableRules.check(cells, tenants);
  }

  /// The route of a tenant, if it is known.
  public Optional<TenantRoute> route(String tenant) {
    return Optional.ofNullable(tenants.get(tenant));
  }

  /// The table after an update.
  ///
  /// @throws ProblemException with [TableProblem.TableWrong] when the result would not be valid
  public RoutingTable with(TableUpdate update) {
    return new RoutingTable(
        update.version(), merged(cells, update.cells()), merged(tenants, update.tenants()));
  }

  /// True when a table of the other version would decide the same for every request.
  public boolean sameContent(RoutingTable other) {
    return cells.equals(other.cells) && tenants.equals(other.tenants);
  }

  private static <T> Map<String, T> merged(
      Map<String, T> current, Map<String, Optional<T>> changes) {
    Map<String, T> result = new HashMap<>(current);
    changes.forEach((id, value) ->
        value.ifPresentOrElse(present -> result.put(id, present), () -> result.remove(id)));
    return result;
  }
}
