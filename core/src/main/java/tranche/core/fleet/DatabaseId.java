package tranche.core.fleet;

import java.util.Objects;

/// The name under which the configuration declares a PostgreSQL database.
public record DatabaseId(String value) implements Comparable<DatabaseId> {
  public DatabaseId {
    Objects.requireNonNull(value);
    if (value.isBlank() || value.length() > 128) {
      throw new IllegalArgumentException("DatabaseId of 1 to 128 characters, got '" + value + "'");
    }
  }

  @Override
  public int compareTo(DatabaseId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
