package tranche.postgres.control;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import tranche.testkit.ControlPorts;
import tranche.testkit.DesiredArmsContract;
import tranche.testkit.IdempotencyKeysContract;
import tranche.testkit.JournalContract;
import tranche.testkit.LeasesContract;
import tranche.testkit.ReleaseStoreContract;
import tranche.testkit.RolloutStoreContract;

/// The real store keeps the contracts of all its ports, each test on a database of its own.
final class ControlStoreContractTest {
  private final OpenStore store = new OpenStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Nested
  final class AsLeases extends LeasesContract {
    @Override
    protected ControlPorts ports() {
      return store;
    }

    @Override
    protected void pass(Duration time) {
      store.pass(time);
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
      store.pass(time);
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
      store.pass(time);
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
      store.pass(time);
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
      store.pass(time);
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
      store.pass(time);
    }
  }
}
