package tranche.engine.delivery;

import java.util.List;
import tranche.engine.journal.Fence;

/// Runs instances of the application. Instances outlive the process that started them; a new
/// platform object over the same place finds and adopts them.
public interface Platform {
  /// Brings the arm to the wanted number of ready instances: keeps those that run, starts those
  /// that are missing, and returns when all are ready. Idempotent.
  ///
  /// @throws tranche.core.problem.ProblemException [DeliveryProblem.NotReadyInTime],
  ///   [DeliveryProblem.CrashLoop] or [DeliveryProblem.ArtifactChanged]; started instances that did
  ///   not become ready are stopped again
  List<Instance> ensure(ArmSpec spec, Fence fence);

  /// All instances that this platform has started and not stopped, as they are seen now.
  List<Instance> instances();

  /// Stops the arm's instances: asks each to drain and end, ends it by force after a limit.
  /// Idempotent.
  void stop(Arm arm, Fence fence);
}
