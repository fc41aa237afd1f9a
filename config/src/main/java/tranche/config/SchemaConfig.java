package tranche.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tranche.core.reference.StoreReference;

/// Which migrations `tranche schema` runs on the stores of the fleet.
///
/// @param migrations the folder for all stores, or for those that are not shared if `shared` is
///   there; absolute
/// @param shared the folder for stores that tenants share; absolute
/// @param placeholders values for placeholders in scripts, by name
/// @param searchPath further schemas that unqualified names may come from, after the store's own
/// @param references what tenants' stores refer to in the store that they share
public record SchemaConfig(
    Optional<Path> migrations,
    Optional<Path> shared,
    Map<String, String> placeholders,
    List<String> searchPath,
    List<StoreReference> references) {
  /// What holds when nothing is said.
  public static final SchemaConfig NONE =
      new SchemaConfig(Optional.empty(), Optional.empty(), Map.of(), List.of(), List.of());

  public SchemaConfig {
    Objects.requireNonNull(migrations);
    Objects.requireNonNull(shared);
    placeholders = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(placeholders));
    searchPath = List.copyOf(searchPath);
    references = List.copyOf(references);
  }

  /// Without the values of placeholders, which may be secrets.
  @Override
  public String toString() {
    return "SchemaConfig["
        + migrations
        + ", "
        + shared
        + ", placeholders "
        + placeholders.keySet()
        + ", "
        + searchPath
        + ", "
        + references
        + "]";
  }
}
