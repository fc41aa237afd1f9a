package tranche.config.fleet;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tranche.config.problem.ConfigProblem;
import tranche.config.problem.Where;
import tranche.core.fleet.TenantId;
import tranche.core.fleet.TenantStatus;

/// Reads one tenant from the texts of its columns, whatever source they come from.
final class RowReader {
  /// The columns that mean something; the first two must be there.
  static final List<String> COLUMNS = List.of("id", "tier", "region", "status", "reason");

  private static final Pattern REGION = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,62})?");

  private RowReader() {}

  static TenantRow read(Map<String, String> columns, Where where) {
    String id = columns.getOrDefault("id", "").strip();
    if (!TenantId.isWellFormed(id)) {
      throw wrong(
          where,
          "id",
          id,
          "a tenant id of 1 to 63 lower-case letters, digits, '-' and '_', beginning with a letter"
              + " or digit");
    }
    String tier = columns.getOrDefault("tier", "").strip();
    if (tier.isEmpty()) {
      throw new ConfigProblem.MissingKey(where, "tier", "the tier of tenant " + id).exception();
    }
    String region = columns.getOrDefault("region", "").strip();
    if (!REGION.matcher(region).matches()) {
      throw wrong(where, "region", region, "a region of letters, digits, '.', '-' and '_'");
    }
    return new TenantRow(new TenantId(id), tier, region, status(columns, where), where);
  }

  private static TenantStatus status(Map<String, String> columns, Where where) {
    String status = columns.getOrDefault("status", "").strip();
    String reason = columns.getOrDefault("reason", "").strip();
    if (reason.length() > 500 || reason.chars().anyMatch(Character::isISOControl)) {
      throw wrong(where, "reason", reason, "at most 500 characters on one line");
    }
    return switch (status) {
      case "", "active" -> new TenantStatus.Active();
      case "suspended" -> new TenantStatus.Suspended();
      case "held" -> new TenantStatus.Held(reason.isEmpty() ? "no reason given" : reason);
      default -> throw wrong(where, "status", status, "active, suspended or held");
    };
  }

  static tranche.core.problem.ProblemException wrong(
      Where where, String column, String value, String expected) {
    return new ConfigProblem.WrongValue(where, column, value, expected).exception();
  }
}
