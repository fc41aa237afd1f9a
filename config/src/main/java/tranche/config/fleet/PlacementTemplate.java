package tranche.config.fleet;

import tranche.core.fleet.IsolationModel;

/// How the stores of a tier's tenants are found.
public sealed interface PlacementTemplate {
  /// How the data is kept apart.
  IsolationModel model();

  /// All data in one store: model row, schema or database.
  record Single(IsolationModel model, StoreTemplate store) implements PlacementTemplate {}

  /// A part in a store shared with others, a part in a store of its own.
  record Hybrid(StoreTemplate shared, StoreTemplate own) implements PlacementTemplate {
    @Override
    public IsolationModel model() {
      return IsolationModel.HYBRID;
    }
  }
}
