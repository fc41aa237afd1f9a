package tranche.engine.journal;

import java.time.Duration;
import java.util.Optional;

/// Who may act. A lease is a row with an expiry by the store's own clock, not a database lock: a
/// frozen holder loses it.
public interface Leases {
  /// Takes the lease if it is free, expired, or held by the same holder, which must be the same
  /// data folder: a lock on that folder proves that the process that held it is gone.
  ///
  /// @param holder a name for the data folder and machine, the same over restarts
  /// @param time how long the lease lasts without renewal
  /// @return the fencing number, higher than any before; empty if somebody else holds the lease
  Optional<Fence> acquire(String holder, Duration time);

  /// Prolongs the lease.
  ///
  /// @return false if the fencing number is no longer the current one: stop acting at once
  boolean renew(Fence fence, Duration time);

  /// Gives the lease back so that the next holder need not wait.
  void release(Fence fence);
}
