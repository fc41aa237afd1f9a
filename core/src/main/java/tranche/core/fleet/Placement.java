package tranche.core.fleet;

import java.util.List;
import java.util.Objects;

/// Where a tenant lives: the cell that serves it and the stores that hold its data.
public record Placement(IsolationModel model, CellId cell, List<StoreUse> stores) {
  public Placement {
    Objects.requireNonNull(model);
    Objects.requireNonNull(cell);
    stores = List.copyOf(stores);
    int wanted = model == IsolationModel.HYBRID ? 2 : 1;
    if (stores.size() != wanted) {
      throw new IllegalArgumentException(model + " needs " + wanted + " stores, got " + stores);
    }
  }

  /// The ids of the stores, in the order of declaration (a hybrid tenant's shared store first).
  public List<StoreId> storeIds() {
    return stores.stream().map(StoreUse::store).toList();
  }
}
