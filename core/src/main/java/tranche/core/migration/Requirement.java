package tranche.core.migration;

import java.util.Objects;
import tranche.core.release.SchemaVersion;

/// A migration of one store needs another store to be at least at a version: a header line `--
/// tranche: requires=shared@12`.
///
/// @param store the name of the set of stores, as the configuration declares it (`shared`)
/// @param version the version that all of them must have reached
public record Requirement(String store, SchemaVersion version) {
  public Requirement {
    Objects.requireNonNull(version);
    if (store.isBlank()) {
      throw new IllegalArgumentException("a requirement names a store");
    }
  }

  @Override
  public String toString() {
    return store + "@" + version;
  }
}
