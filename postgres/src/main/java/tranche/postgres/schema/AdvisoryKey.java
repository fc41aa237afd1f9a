package tranche.postgres.schema;

import java.util.HexFormat;
import tranche.core.fleet.StoreId;
import tranche.core.release.Digest;

/// Numbers of advisory locks. PostgreSQL keeps them per database, so a store needs only the name of
/// its schema. 64 bits of a SHA-256: two stores of one database practically never share a lock, and
/// if they did they would only wait for each other.
public final class AdvisoryKey {
  private AdvisoryKey() {}

  /// For changes of one store.
  public static long of(StoreId store) {
    return hash("store", store.schema());
  }

  /// For making a store that is not there yet.
  public static long ofMaking(StoreId store) {
    return hash("making", store.schema());
  }

  /// For changes that concern the whole database.
  public static long ofDatabase() {
    return hash("database", "");
  }

  private static long hash(String kind, String name) {
    String hex = Digest.sha256().add("tranche").add(kind).add(name).hex();
    return HexFormat.fromHexDigitsToLong(hex, 0, 16);
  }
}
