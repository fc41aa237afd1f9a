package tranche.core.fleet;

import java.util.Objects;

/// A place where the application runs: one or more instances of one release behind one route.
public record CellId(String value) implements Comparable<CellId> {
  public CellId {
    Objects.requireNonNull(value);
    if (value.isBlank() || value.length() > 128) {
      throw new IllegalArgumentException("CellId of 1 to 128 characters, got '" + value + "'");
    }
  }

  @Override
  public int compareTo(CellId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
