package tranche.core.fanout;

import java.util.Objects;
import java.util.Optional;
import tranche.core.release.SchemaVersion;

/// What somebody asked for when applying a folder.
///
/// @param to the version that stores shall reach; absent for the newest
/// @param order what happens to migrations below a store's version that it never ran
public record ApplyOptions(Optional<SchemaVersion> to, OutOfOrder order) {
  /// The newest version, in order.
  public static final ApplyOptions LATEST = new ApplyOptions(Optional.empty(), OutOfOrder.REFUSED);

  public ApplyOptions {
    Objects.requireNonNull(to);
    Objects.requireNonNull(order);
  }

  /// What happens to a migration that is older than the newest one a store has, and was not run.
  public enum OutOfOrder {
    /// The store is refused.
    REFUSED,
    /// It runs, before newer ones.
    ALLOWED
  }
}
