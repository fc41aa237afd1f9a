package tranche.sql.undo;

import tranche.sql.name.Quoting;
import tranche.sql.tree.Node;

/// Roles as statements name them.
final class Roles {
  private Roles() {}

  /// A `RoleSpec` as SQL.
  static String sql(Node role) {
    return switch (role.text("roletype").orElse("")) {
      case "ROLESPEC_CURRENT_ROLE" -> "CURRENT_ROLE";
      case "ROLESPEC_CURRENT_USER" -> "CURRENT_USER";
      case "ROLESPEC_SESSION_USER" -> "SESSION_USER";
      case "ROLESPEC_PUBLIC" -> "PUBLIC";
      default -> Quoting.identifier(role.text("rolename").orElse(""));
    };
  }
}
