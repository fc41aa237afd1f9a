package tranche.engine.delivery;

import tranche.core.fleet.CellId;
import tranche.core.release.ReleaseId;

/// One release in a cell.
public record Arm(CellId cell, ReleaseId release) implements Comparable<Arm> {
  @Override
  public int compareTo(Arm other) {
    int byCell = cell.compareTo(other.cell);
    return byCell != 0 ? byCell : release.compareTo(other.release);
  }

  @Override
  public String toString() {
    return cell + "@" + release;
  }
}
