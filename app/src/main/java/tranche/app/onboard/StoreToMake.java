package tranche.app.onboard;

import java.util.Objects;
import tranche.app.schema.selection.TargetStore;
import tranche.core.fleet.StoreId;
import tranche.postgres.onboard.NewStores.Whole;

/// A store that the new tenant needs and that is not there, or was begun.
///
/// @param whole how much of the place belongs to the tenant
/// @param isBegun whether an earlier call has begun it
record StoreToMake(TargetStore target, Whole whole, boolean isBegun) {
  StoreToMake {
    Objects.requireNonNull(target);
    Objects.requireNonNull(whole);
  }

  StoreId id() {
    return target.store();
  }

  /// For whom it is made, as its mark says.
  String maker() {
    return target.tenant().map(id -> "tenant " + id).orElse("all its tenants");
  }
}
