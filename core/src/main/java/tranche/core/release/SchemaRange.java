package tranche.core.release;

import java.util.Objects;

/// The schema versions, both ends included, that the code of a release can read and write.
public record SchemaRange(SchemaVersion from, SchemaVersion to) {
  public SchemaRange {
    Objects.requireNonNull(from);
    Objects.requireNonNull(to);
    if (from.isAfter(to)) {
      throw new IllegalArgumentException("empty schema range " + from + ".." + to);
    }
  }

  /// Whether code with this range may serve a store at that version.
  public boolean contains(SchemaVersion version) {
    return !from.isAfter(version) && !version.isAfter(to);
  }

  @Override
  public String toString() {
    return from.equals(to) ? from.value() : from + ".." + to;
  }
}
