package tranche.core.rollout;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tranche.core.fleet.StoreId;
import tranche.core.release.SchemaVersion;

/// What happens to one store: preparation before the first of its tenants moves, removal after the
/// last one has. `contractHeld` says why there is no removal although the release has one.
public record StorePlan(
    StoreId store,
    SchemaVersion current,
    Preparation preparation,
    List<MigrationRef> contract,
    Optional<String> contractHeld) {
  public StorePlan {
    Objects.requireNonNull(store);
    Objects.requireNonNull(current);
    Objects.requireNonNull(preparation);
    contract = List.copyOf(contract);
    Objects.requireNonNull(contractHeld);
  }
}
