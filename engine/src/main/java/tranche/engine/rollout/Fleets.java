package tranche.engine.rollout;

import tranche.core.fleet.Fleet;
import tranche.engine.fleet.FleetSource;

/// The fleet as last read. Read again whenever a plan is made, because tenants come and go.
public final class Fleets {
  private final FleetSource source;
  private volatile Fleet current;

  /// Reads the fleet for the first time.
  ///
  /// @throws tranche.core.problem.ProblemException if it cannot be read
  public Fleets(FleetSource source) {
    this.source = source;
    this.current = source.read();
  }

  /// The fleet as last read.
  public Fleet current() {
    return current;
  }

  /// Reads it anew; what was read before stays if that fails.
  public Fleet refresh() {
    Fleet fleet = source.read();
    current = fleet;
    return fleet;
  }
}
