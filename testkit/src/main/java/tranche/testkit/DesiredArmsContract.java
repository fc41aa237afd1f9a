package tranche.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import tranche.core.fleet.CellId;
import tranche.core.release.ReleaseId;
import tranche.engine.delivery.Arm;
import tranche.engine.delivery.DesiredArms;
import tranche.engine.journal.Fence;

/// What every implementation of [DesiredArms] does.
public abstract class DesiredArmsContract extends ControlContract {
  private static final Arm OLD = new Arm(new CellId("basic"), new ReleaseId("2026.10"));
  private static final Arm NEW = new Arm(new CellId("basic"), new ReleaseId("2026.11"));

  private DesiredArms arms() {
    return ports().desiredArms();
  }

  @Test
  void what_was_put_last_shall_run() {
    Fence fence = lead("a");
    arms().put(OLD, 3, fence);
    arms().put(NEW, 1, fence);
    arms().put(NEW, 2, fence);

    assertThat(arms().all()).containsOnlyKeys(OLD, NEW).containsEntry(OLD, 3).containsEntry(NEW, 2);
  }

  @Test
  void what_was_removed_shall_not_run() {
    Fence fence = lead("a");
    arms().put(OLD, 3, fence);
    arms().put(NEW, 3, fence);
    arms().remove(OLD, fence);
    arms().remove(OLD, fence);

    assertThat(arms().all()).containsOnlyKeys(NEW);
  }

  @Test
  void a_replaced_holder_changes_nothing() {
    Fence old = lead("a");
    arms().put(OLD, 3, old);
    Fence _ = replace("b");

    assertLeaseLost(old, () -> arms().put(NEW, 3, old));
    assertLeaseLost(old, () -> arms().remove(OLD, old));

    assertThat(arms().all()).containsOnlyKeys(OLD);
  }

  @Test
  void an_arm_has_an_instance() {
    Fence fence = lead("a");

    assertThatIllegalArgumentException().isThrownBy(() -> arms().put(OLD, 0, fence));
  }
}
