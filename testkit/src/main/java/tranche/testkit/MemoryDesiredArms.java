package tranche.testkit;

import java.util.Map;
import tranche.engine.delivery.Arm;
import tranche.engine.delivery.DesiredArms;
import tranche.engine.journal.Fence;

/// The arms that shall run, as a map.
final class MemoryDesiredArms implements DesiredArms {
  private final Memory memory;

  MemoryDesiredArms(Memory memory) {
    this.memory = memory;
  }

  @Override
  public Map<Arm, Integer> all() {
    synchronized (memory) {
      return Map.copyOf(memory.arms);
    }
  }

  @Override
  public void put(Arm arm, int instances, Fence fence) {
    if (instances < 1) {
      throw new IllegalArgumentException(instances + " instances of " + arm);
    }
    synchronized (memory) {
      memory.requireCurrent(fence);
      Integer _ = memory.arms.put(arm, instances);
    }
  }

  @Override
  public void remove(Arm arm, Fence fence) {
    synchronized (memory) {
      memory.requireCurrent(fence);
      Integer _ = memory.arms.remove(arm);
    }
  }
}
