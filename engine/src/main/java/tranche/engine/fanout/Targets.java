package tranche.engine.fanout;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tranche.core.fleet.StoreId;

/// The stores of a run, and what was left out.
///
/// @param targets each store once
/// @param leftOut tenants that are not moved, with the reason
public record Targets(List<Target> targets, List<LeftOut> leftOut) {
  public Targets {
    targets = List.copyOf(targets);
    leftOut = List.copyOf(leftOut);
  }

  /// One store.
  ///
  /// @param set the [SetJob] that it belongs to
  /// @param tenant whose it is, if it is one tenant's
  public record Target(StoreId store, String set, Optional<String> tenant) {
    public Target {
      Objects.requireNonNull(store);
      Objects.requireNonNull(set);
      Objects.requireNonNull(tenant);
    }
  }

  /// A tenant that is not moved.
  ///
  /// @param reason a few words: `suspended`, `not provisioned yet`
  public record LeftOut(String tenant, String reason) {
    public LeftOut {
      Objects.requireNonNull(tenant);
      Objects.requireNonNull(reason);
    }
  }

  /// Says which stores there are. It is asked again after the last store, so that tenants who were
  /// added meanwhile are done too.
  @FunctionalInterface
  public interface Source {
    /// The stores there are now.
    ///
    /// @throws tranche.core.problem.ProblemException if they cannot be determined
    Targets current();
  }
}
