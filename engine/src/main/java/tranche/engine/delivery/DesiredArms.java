package tranche.engine.delivery;

import java.util.Map;
import tranche.engine.journal.Fence;

/// Which arms shall run, with how many instances: what the keeper restores after a crash, and by
/// which it knows what nobody owns.
public interface DesiredArms {
  /// All arms that shall run.
  Map<Arm, Integer> all();

  /// From now on this arm shall run.
  void put(Arm arm, int instances, Fence fence);

  /// From now on this arm shall not run.
  void remove(Arm arm, Fence fence);
}
