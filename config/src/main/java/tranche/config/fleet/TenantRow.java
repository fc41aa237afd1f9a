package tranche.config.fleet;

import java.util.Map;
import tranche.config.problem.Where;
import tranche.core.fleet.TenantId;
import tranche.core.fleet.TenantStatus;

/// A tenant as a source lists it, not yet placed; `where` is the place that lists it.
public record TenantRow(TenantId id, String tier, String region, TenantStatus status, Where where) {
  /// Reads a tenant from the texts of its columns: `id`, `tier`, `region`, `status`, `reason`.
  ///
  /// @throws tranche.core.problem.ProblemException [tranche.config.problem.ConfigProblem]
  public static TenantRow of(Map<String, String> columns, Where where) {
    return RowReader.read(columns, where);
  }

  /// The text of each column that has something to say, in the order in which they are declared.
  public Map<String, String> columns() {
    Map<String, String> columns = new java.util.LinkedHashMap<>();
    columns.put("id", id.value());
    columns.put("tier", tier);
    if (!region.isEmpty()) {
      columns.put("region", region);
    }
    switch (status) {
      case TenantStatus.Active _ -> {
        // What holds when nothing is said.
      }
      case TenantStatus.Suspended _ -> columns.put("status", "suspended");
      case TenantStatus.Held(var reason) -> {
        columns.put("status", "held");
        columns.put("reason", reason);
      }
    }
    return columns;
  }

  /// Whether another row says the same of the tenant, wherever it stands.
  public boolean isSameTenant(TenantRow other) {
    return columns().equals(other.columns());
  }

  /// The tenant as an entry of the list `tenants.inline`.
  public String inline() {
    return columns().entrySet().stream()
        .map(e -> e.getKey() + ": " + word(e.getValue()))
        .collect(java.util.stream.Collectors.joining(", ", "- {", "}"));
  }

  /// Plain where YAML reads it as this text and as nothing else.
  private static String word(String value) {
    boolean isPlain =
        value.matches("[A-Za-z][A-Za-z0-9_.-]*")
            && !value.matches("(?i)true|false|yes|no|on|off|null|y|n");
    return isPlain ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
