package tranche.engine.verify;

import java.util.List;
import java.util.Map;
import tranche.core.fleet.TenantId;
import tranche.core.problem.RecordedProblem;
import tranche.core.release.ReleaseId;
import tranche.core.verify.Suite;

/// Runs verification suites against the application through the gateway.
public interface Verifier {
  /// Runs the suites for each tenant.
  ///
  /// @return the tenants that did not pass and why; empty if all did. A suite that could not be run
  ///   has not passed.
  Map<TenantId, RecordedProblem> verify(
      List<Suite> suites, ReleaseId release, List<TenantId> tenants, Door door);

  /// Through which door requests enter.
  enum Door {
    /// The way customers come: whatever arm serves the tenant.
    FRONT,
    /// Straight to the arm of the release, before it has traffic.
    PREVIEW
  }
}
