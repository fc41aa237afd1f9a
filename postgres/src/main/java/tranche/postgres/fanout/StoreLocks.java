package tranche.postgres.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tranche.core.fleet.StoreId;
import tranche.postgres.schema.AdvisoryKey;

/// The advisory locks of a store: its own, the one that rollouts take too, and those of another
/// tool that still runs there.
final class StoreLocks {
  private StoreLocks() {}

  static List<Long> of(StoreId store, Optional<ForeignHistoryWriter> foreign) {
    List<Long> keys = new ArrayList<>();
    keys.add(AdvisoryKey.of(store));
    foreign.ifPresent(f -> keys.addAll(f.locks(store)));
    return List.copyOf(keys);
  }
}
