package tranche.postgres.database;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// A database on a server.
///
/// @param name 1 to 63 bytes without control characters: PostgreSQL would cut a longer name
///   silently
public record DatabaseAddress(Server server, String name) {
  /// Checks the name.
  ///
  /// @throws IllegalArgumentException if no database can have that name
  public DatabaseAddress {
    Objects.requireNonNull(server);
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > 63 || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("'" + name + "' cannot be the name of a database");
    }
  }

  /// Another database on the same server.
  public DatabaseAddress sibling(String other) {
    return new DatabaseAddress(server, other);
  }

  @Override
  public String toString() {
    return server + "/" + name;
  }
}
