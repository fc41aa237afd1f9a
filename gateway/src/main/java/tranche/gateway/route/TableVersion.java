package tranche.gateway.route;

import java.util.Comparator;

/// Position of a table in the sequence of tables; compared by epoch, then by version.
///
/// The epoch grows with every change of the acting control plane, so that a former one cannot
/// overwrite what its successor decided.
public record TableVersion(long epoch, long version) implements Comparable<TableVersion> {
  /// The position before any table was put.
  public static final TableVersion NONE = new TableVersion(0, 0);

  private static final Comparator<TableVersion> ORDER =
      Comparator.comparingLong(TableVersion::epoch).thenComparingLong(TableVersion::version);

  @Override
  public int compareTo(TableVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return epoch + "/" + version;
  }
}
