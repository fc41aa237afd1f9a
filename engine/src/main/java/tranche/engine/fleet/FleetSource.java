package tranche.engine.fleet;

import tranche.core.fleet.Fleet;

/// Where the list of tenants comes from: configuration, a CSV file, a SQL query.
@FunctionalInterface
public interface FleetSource {
  /// Reads the fleet as it is now.
  ///
  /// @throws tranche.core.problem.ProblemException if it cannot be read or contradicts itself
  Fleet read();
}
