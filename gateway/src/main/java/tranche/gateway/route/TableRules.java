package tranche.gateway.route;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tranche.core.problem.ProblemException;
import tranche.gateway.problem.TableProblem.TableWrong;
import tranche.gateway.route.TenantRoute.WeightedArm;

/// The rules that every routing table keeps.
final class TableRules {
  /// Ids end up in headers, logs and metrics: visible ASCII without quotes and backslash.
  private static final Pattern ID = Pattern.compile("[!#-\\[\\]-~]{1,128}");

  private static final Pattern READINESS = Pattern.compile("/[!-~]{0,255}");
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  private TableRules() {}

  static void check(Map<String, Cell> cells, Map<String, TenantRoute> tenants) {
    limit("cells", cells.size(), RoutingTable.MAX_CELLS);
    limit("tenants", tenants.size(), RoutingTable.MAX_TENANTS);
    int instances = 0;
    for (Map.Entry<String, Cell> cell : cells.entrySet()) {
      instances += checkCell(cell.getKey(), cell.getValue());
    }
    limit("instances", instances, RoutingTable.MAX_INSTANCES);
    tenants.forEach((id, route) -> checkTenant(id, route, cells));
  }

  private static int checkCell(String id, Cell cell) {
    identifier("Cell id", id);
    limit("arms of cell " + id, cell.arms().size(), RoutingTable.MAX_ARMS);
    int instances = 0;
    for (Map.Entry<String, Arm> arm : cell.arms().entrySet()) {
      String where = "arm " + arm.getKey() + " of cell " + id;
      identifier("Release of cell " + id, arm.getKey());
      checkArm(where, arm.getValue());
      instances += arm.getValue().instances().size();
    }
    return instances;
  }

  private static void checkArm(String where, Arm arm) {
    limit("instances of " + where, arm.instances().size(), RoutingTable.MAX_INSTANCES_PER_ARM);
    if (!READINESS.matcher(arm.readiness()).matches()) {
      throw wrong(
          "The readiness path of " + where + " cannot be asked",
          "A readiness path starts with / and has at most 256 visible ASCII characters");
    }
    Set<String> seen = new HashSet<>();
    for (Instance instance : arm.instances()) {
      identifier("Instance id in " + where, instance.id());
      checkAddress(where, instance);
      if (!seen.add(instance.id())) {
        throw wrong(
            "Instance " + instance.id() + " stands twice in " + where,
            "An instance id is unique within its arm");
      }
    }
  }

  private static void checkAddress(String where, Instance instance) {
    String host = instance.host();
    boolean address =
        host.equals("localhost")
            || IPV4.matcher(host).matches()
            || (host.indexOf(':') >= 0 && IPV6.matcher(host).matches());
    if (!address || instance.port() < 1 || instance.port() > 65_535) {
      throw wrong(
          "Instance " + instance.id() + " of " + where + " has no usable address",
          "The host is an IP address or localhost (names are not resolved here), the port is 1 to"
              + " 65535");
    }
  }

  private static void checkTenant(String id, TenantRoute route, Map<String, Cell> cells) {
    identifier("Tenant id", id);
    Cell cell = cells.get(route.cell());
    if (cell == null) {
      throw wrong(
          "Tenant " + id + " is routed to cell " + route.cell(), "The table has no such cell");
    }
    int sum = 0;
    for (int i = 0; i < route.arms().size(); i++) {
      WeightedArm arm = route.arms().get(i);
      checkRouteArm(id, route, i, cell);
      sum += arm.weight();
    }
    if (route.arms().isEmpty() || route.arms().size() > RoutingTable.MAX_ARMS || sum != 100) {
      throw wrong(
          "The weights of tenant " + id + " sum to " + sum,
          "A route lists 1 to 8 arms whose integer weights sum to 100");
    }
  }

  private static void checkRouteArm(String tenant, TenantRoute route, int index, Cell cell) {
    WeightedArm arm = route.arms().get(index);
    if (!cell.arms().containsKey(arm.release())) {
      throw wrong(
          "Tenant " + tenant + " is routed to arm " + arm.release(),
          "Cell " + route.cell() + " has no such arm");
    }
    if (arm.weight() < 0 || arm.weight() > 100) {
      throw wrong(
          "Arm " + arm.release() + " of tenant " + tenant + " has weight " + arm.weight(),
          "A weight is 0 to 100");
    }
    for (int i = 0; i < index; i++) {
      if (route.arms().get(i).release().equals(arm.release())) {
        throw wrong(
            "Arm " + arm.release() + " stands twice in the route of tenant " + tenant,
            "A route lists an arm once");
      }
    }
  }

  private static void identifier(String what, String id) {
    if (!ID.matcher(id).matches()) {
      throw wrong(
          what + " is empty, longer than 128 characters or has a character that cannot be used",
          "Ids are visible ASCII without blanks, quotes and backslashes, because they travel in"
              + " headers");
    }
  }

  private static void limit(String what, int count, int limit) {
    if (count > limit) {
      throw wrong("The table has " + count + " " + what, "At most " + limit + " are allowed");
    }
  }

  private static ProblemException wrong(String what, String why) {
    return new ProblemException(new TableWrong(what, why));
  }
}
