package tranche.core.fleet;

import java.util.Objects;

/// A place where the application runs; `instances` is how many instances an arm of it has, 1 to
/// 100.
public record Cell(CellId id, int instances, Stickiness sticky) {
  public Cell {
    Objects.requireNonNull(id);
    Objects.requireNonNull(sticky);
    if (instances < 1 || instances > 100) {
      throw new IllegalArgumentException("instances of " + id + ": " + instances);
    }
  }
}
