package tranche.app.schema.selection;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tranche.core.fleet.StoreId;

/// A store that a command is about.
///
/// @param label how it is called where there is little room
/// @param tenants whose data is in it, as far as is known
/// @param tier of its tenants; empty if it is not known or they have several
/// @param isShared whether it holds parts of several tenants by design: it comes before the others
public record TargetStore(
    StoreId store, String label, List<String> tenants, Optional<String> tier, boolean isShared) {
  public TargetStore {
    Objects.requireNonNull(store);
    Objects.requireNonNull(label);
    tenants = List.copyOf(tenants);
    Objects.requireNonNull(tier);
  }

  /// A store of which nothing but the name is known.
  static TargetStore bare(StoreId store, String label) {
    return new TargetStore(store, label, List.of(), Optional.empty(), false);
  }

  /// The tenant that it belongs to alone.
  public Optional<String> tenant() {
    return tenants.size() == 1 && !isShared ? Optional.of(tenants.getFirst()) : Optional.empty();
  }
}
