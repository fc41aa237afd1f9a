package tranche.testkit;

import java.util.Map;
import tranche.engine.delivery.DesiredArms;
import tranche.engine.fleet.Ledger;
import tranche.engine.journal.Journal;
import tranche.engine.journal.Leases;
import tranche.engine.release.ReleaseStore;
import tranche.engine.request.IdempotencyKeys;
import tranche.engine.rollout.RolloutStore;

/// A control store that forgets everything when it is let go, for tests of the engine. Runs the
/// same contract suites as the real one. Deterministic: it has no time but the clock's and draws
/// nothing. Safe for use by many threads.
///
/// A test of a crash keeps the store and makes a new engine over it.
public final class InMemoryControlStore implements ControlPorts {
  private final Memory memory;
  private final Journal journal;
  private final Leases leases;
  private final RolloutStore rollouts;
  private final ReleaseStore releases;
  private final DesiredArms desiredArms;
  private final IdempotencyKeys idempotencyKeys;

  /// An empty store whose time is that clock's.
  public InMemoryControlStore(SettableClock clock) {
    this.memory = new Memory(clock);
    this.journal = new MemoryJournal(memory);
    this.leases = new MemoryLeases(memory);
    this.rollouts = new MemoryRolloutStore(memory);
    this.releases = new MemoryReleaseStore(memory);
    this.desiredArms = new MemoryDesiredArms(memory);
    this.idempotencyKeys = new MemoryIdempotencyKeys(memory);
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public Leases leases() {
    return leases;
  }

  @Override
  public RolloutStore rollouts() {
    return rollouts;
  }

  @Override
  public ReleaseStore releases() {
    return releases;
  }

  @Override
  public Ledger ledger() {
    return () -> {
      synchronized (memory) {
        return Map.copyOf(memory.ledger);
      }
    };
  }

  @Override
  public DesiredArms desiredArms() {
    return desiredArms;
  }

  @Override
  public IdempotencyKeys idempotencyKeys() {
    return idempotencyKeys;
  }
}
