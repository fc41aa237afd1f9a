package tranche.engine.delivery;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import tranche.core.fleet.TenantId;
import tranche.core.rollout.TrafficMark;
import tranche.engine.journal.Fence;

/// Directs requests. Each change is one versioned update that carries the fencing number; an older
/// one never replaces a newer one (I13), and each method returns only after the router has answered
/// that it applies it.
///
/// All methods throw a [tranche.core.problem.ProblemException] [DeliveryProblem.RouterUnreachable]
/// when the router does not answer.
public interface Router {
  /// Makes instances reachable under an arm. Takes no traffic by itself. Replaces the arm's earlier
  /// instances.
  void putArm(Arm arm, String readyPath, List<Instance> instances, Fence fence);

  /// Removes an arm, after each listed tenant's route was replaced by one that does not name it, in
  /// one update. Returns when the arm's last request has been answered, or a limit has passed.
  void removeArm(Arm arm, List<TenantRoute> routes, Fence fence);

  /// Replaces routes, all or none.
  void route(List<TenantRoute> routes, Fence fence);

  /// Takes the routes of those tenants away: the router then knows no way to them.
  void forget(Collection<TenantId> tenants, Fence fence);

  /// The routes in effect, as the router answers.
  Map<TenantId, TenantRoute> routes(Collection<TenantId> tenants);

  /// The arms that the router knows, with their instances.
  Map<Arm, List<Instance>> arms();

  /// Totals of requests and errors of those tenants, by release.
  TrafficMark mark(Collection<TenantId> tenants);
}
