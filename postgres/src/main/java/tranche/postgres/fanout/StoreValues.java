package tranche.postgres.fanout;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import tranche.core.fleet.StoreId;
import tranche.core.migration.StorePlaceholder;
import tranche.postgres.database.DatabaseAccess;

/// What stands for the placeholders that differ from store to store.
public final class StoreValues {
  private StoreValues() {}

  /// The values of one store.
  ///
  /// @param tenant that it belongs to, if one is known
  public static Map<StorePlaceholder, String> of(
      StoreId store, DatabaseAccess access, Optional<String> tenant) {
    var values = new EnumMap<StorePlaceholder, String>(StorePlaceholder.class);
    values.put(StorePlaceholder.SCHEMA, store.schema());
    values.put(StorePlaceholder.DATABASE, access.address().name());
    values.put(StorePlaceholder.USER, access.admin().user());
    values.put(StorePlaceholder.TENANT, tenant.orElse(store.schema()));
    return values;
  }
}
