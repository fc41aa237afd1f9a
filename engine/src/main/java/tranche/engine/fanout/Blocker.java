package tranche.engine.fanout;

import java.util.Objects;
import tranche.core.fleet.StoreId;
import tranche.core.migration.Requirement;
import tranche.core.release.SchemaVersion;

/// Why a store may not begin.
public sealed interface Blocker {
  /// A migration that it needs requires another set to be further.
  ///
  /// @param store the one that is furthest behind
  /// @param version where it is
  record RequirementUnmet(Requirement requirement, StoreId store, SchemaVersion version)
      implements Blocker {
    public RequirementUnmet {
      Objects.requireNonNull(requirement);
      Objects.requireNonNull(store);
      Objects.requireNonNull(version);
    }

    @Override
    public String toString() {
      return "needs " + requirement + ", but " + store + " is at " + version;
    }
  }

  /// A set that comes before it did not end well.
  ///
  /// @param store the first of it that failed
  record SetFailed(String set, StoreId store) implements Blocker {
    public SetFailed {
      Objects.requireNonNull(set);
      Objects.requireNonNull(store);
    }

    @Override
    public String toString() {
      return "comes after '" + set + "', where " + store + " failed";
    }
  }
}
