package tranche.core.fanout;

import java.util.List;
import java.util.Objects;
import tranche.core.migration.Requirement;

/// A named set of stores that share a folder of migrations, as far as their order matters.
///
/// @param name as requirements name it (`shared`, `tenants`)
/// @param role shared sets come before tenants' sets
/// @param after further sets that come before this one
/// @param requires what its migrations state: these versions of other sets
public record StoreSet(String name, Role role, List<String> after, List<Requirement> requires) {
  public StoreSet {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a set of stores has a name");
    }
    Objects.requireNonNull(role);
    after = List.copyOf(after);
    requires = List.copyOf(requires);
  }

  /// Who uses the stores of a set.
  public enum Role {
    /// Many tenants.
    SHARED,
    /// One tenant each.
    TENANT
  }
}
