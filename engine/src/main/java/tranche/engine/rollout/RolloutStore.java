package tranche.engine.rollout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tranche.core.rollout.Plan;
import tranche.core.rollout.RolloutId;
import tranche.engine.journal.Fence;

/// Plans and the rollouts that carry them out.
public interface RolloutStore {
  /// Stores a plan. Storing the same plan again changes nothing.
  void save(Plan plan, Instant at);

  /// The plan whose hash begins with that text (7 to 64 hex digits); empty if none or several do.
  Optional<Plan> plan(String hashPrefix);

  /// The latest plans, newest first.
  List<StoredPlan> plans(int limit);

  /// Creates a rollout of a stored plan with its first journal entry (`Started`), in one
  /// transaction.
  ///
  /// @throws tranche.core.problem.ProblemException [ServiceProblem.RolloutInProgress] if another
  ///   rollout has not ended
  RolloutRecord start(Plan plan, String by, Fence fence);

  /// All rollouts, newest first, `limit` at most.
  List<RolloutRecord> rollouts(int limit);

  /// The rollout of that id.
  Optional<RolloutRecord> rollout(RolloutId id);

  /// The rollouts whose journal has no end.
  List<RolloutRecord> unfinished();

  /// A plan and when it was made.
  record StoredPlan(Plan plan, Instant at) {}

  /// A rollout: its plan's hash, who started it and when.
  record RolloutRecord(RolloutId id, String planHash, String by, Instant startedAt) {}
}
