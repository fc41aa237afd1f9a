package tranche.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tranche.core.rollout.Event;
import tranche.core.rollout.JournalEntry;
import tranche.core.rollout.RolloutId;
import tranche.engine.journal.Fence;

final class InMemoryControlStoreTest {
  private final SettableClock clock = SettableClock.atNoon();
  private final InMemoryControlStore store = new InMemoryControlStore(clock);

  @Test
  void time_does_not_run_backwards_with_the_clock() {
    Fence fence = store.leases().acquire("a", Duration.ofMinutes(1)).orElseThrow();
    store.rollouts().save(Samples.plan("abcdef0"), clock.instant());
    RolloutId rollout = store.rollouts().start(Samples.plan("abcdef0"), "ann", fence).id();
    var later = clock.advance(Duration.ofSeconds(10));
    List<Event> note = List.of(new Event.Resumed("ann"));
    assertThat(store.journal().append(rollout, fence, note, List.of())).hasSize(1);
    clock.set(later.minusSeconds(20));

    assertThat(store.journal().append(rollout, fence, note, List.of()))
        .extracting(JournalEntry::at)
        .containsExactly(later);
  }

  @Nested
  final class AsLeases extends LeasesContract {
    @Override
    protected ControlPorts ports() {
      return store;
    }

    @Override
    protected void pass(Duration time) {
      var _ = clock.advance(time);
    }
  }

  @Nested
  final class AsJournal extends JournalContract {
    @Override
    protected ControlPorts ports() {
      return store;
    }

    @Override
    protected void pass(Duration time) {
      var _ = clock.advance(time);
    }
  }

  @Nested
  final class AsRolloutStore extends RolloutStoreContract {
    @Override
    protected ControlPorts ports() {
      return store;
    }

    @Override
    protected void pass(Duration time) {
      var _ = clock.advance(time);
    }
  }

  @Nested
  final class AsReleaseStore extends ReleaseStoreContract {
    @Override
    protected ControlPorts ports() {
      return store;
    }

    @Override
    protected void pass(Duration time) {
      var _ = clock.advance(time);
    }
  }

  @Nested
  final class AsDesiredArms extends DesiredArmsContract {
    @Override
    protected ControlPorts ports() {
      return store;
    }

    @Override
    protected void pass(Duration time) {
      var _ = clock.advance(time);
    }
  }

  @Nested
  final class AsIdempotencyKeys extends IdempotencyKeysContract {
    @Override
    protected ControlPorts ports() {
      return store;
    }

    @Override
    protected void pass(Duration time) {
      var _ = clock.advance(time);
    }
  }
}
