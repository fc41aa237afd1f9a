package tranche.app.schema.selection;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tranche.config.TrancheConfig;
import tranche.postgres.database.DatabaseDirectory;

/// Which stores a command is about.
///
/// @param name what they are, in a few words: `app on db1:5432, schemas tenant_%`
/// @param stores shared ones first, then by database and schema; never empty
/// @param observed stores that are left alone, but that those of the run may require to be at some
///   version
/// @param leftOut those that were named or belong to the fleet and are not among them
/// @param directory how their databases are reached
/// @param config the configuration that they come from, if they come from one
public record Targets(
    String name,
    List<TargetStore> stores,
    List<TargetStore> observed,
    List<LeftOut> leftOut,
    DatabaseDirectory directory,
    Optional<TrancheConfig> config) {
  public Targets {
    Objects.requireNonNull(name);
    stores = List.copyOf(stores);
    observed = List.copyOf(observed);
    leftOut = List.copyOf(leftOut);
    Objects.requireNonNull(directory);
    Objects.requireNonNull(config);
  }

  /// Something that belongs to the fleet and is left alone.
  ///
  /// @param who a tenant or a store
  /// @param reason a few words
  public record LeftOut(String who, String reason) {}
}
