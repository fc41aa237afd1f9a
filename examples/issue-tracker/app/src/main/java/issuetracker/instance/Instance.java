package issuetracker.instance;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Everything the platform tells a process about itself.
///
/// @param identity the names it goes by
/// @param host the address to listen on
/// @param port the TCP port to listen on
/// @param databases the databases by the names that stores use
/// @param tenants where each tenant of this process lives, by tenant id
public record Instance(
    Identity identity,
    String host,
    int port,
    Map<String, Database> databases,
    Map<String, Placement> tenants) {
  /// Checks that every store names a database that is listed.
  public Instance {
    databases = Map.copyOf(databases);
    tenants = Map.copyOf(tenants);
    for (Placement placement : tenants.values()) {
      if (!databases.containsKey(placement.database())) {
        throw new InstanceException(
            "tenant "
                + placement.tenant()
                + " is placed in database "
                + placement.database()
                + ", which is not listed under \"databases\"");
      }
    }
  }

  /// The names of a process.
  ///
  /// @param instance its own name, unique in the fleet
  /// @param cell the cell it is part of
  /// @param release the release the platform believes it started
  public record Identity(String instance, String cell, String release) {}

  /// The schemas of a database that tenants of this process use.
  public Set<String> schemasIn(String database) {
    return tenants.values().stream()
        .filter(placement -> placement.database().equals(database))
        .mapMulti((Placement placement, java.util.function.Consumer<String> schemas) -> {
          schemas.accept(placement.people().schema());
          schemas.accept(placement.work().schema());
        })
        .collect(Collectors.toUnmodifiableSet());
  }
}
