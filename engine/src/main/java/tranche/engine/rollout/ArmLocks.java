package tranche.engine.rollout;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import tranche.engine.delivery.Arm;

/// Keeps a rollout's step and the keeper from working on one arm at the same time, inside this
/// process. Between processes the fencing number does that.
public final class ArmLocks {
  private final Map<Arm, ReentrantLock> locks = new ConcurrentHashMap<>();

  /// The lock of an arm.
  public ReentrantLock of(Arm arm) {
    return locks.computeIfAbsent(arm, _ -> new ReentrantLock());
  }
}
