package tranche.postgres.control;

import java.time.Duration;
import tranche.engine.delivery.DesiredArms;
import tranche.engine.fleet.Ledger;
import tranche.engine.journal.Journal;
import tranche.engine.journal.Leases;
import tranche.engine.release.ReleaseStore;
import tranche.engine.request.IdempotencyKeys;
import tranche.engine.rollout.RolloutStore;
import tranche.testkit.ControlPorts;

/// A control store over a database of its own, for one test.
final class OpenStore implements ControlPorts, AutoCloseable {
  final ControlStoreSettings database = Databases.fresh();
  final ControlStore store = ControlStore.open(database);

  /// Time passes for a database by making older what it holds.
  void pass(Duration time) {
    String earlier = " - interval '" + time.toMillis() + " milliseconds'";
    Databases.execute(
        database,
        "UPDATE tranche_control.lease SET expires_at = expires_at"
            + earlier
            + "; UPDATE tranche_control.idempotency_key SET created_at = created_at"
            + earlier);
  }

  @Override
  public Journal journal() {
    return store.journal();
  }

  @Override
  public Leases leases() {
    return store.leases();
  }

  @Override
  public RolloutStore rollouts() {
    return store.rollouts();
  }

  @Override
  public ReleaseStore releases() {
    return store.releases();
  }

  @Override
  public Ledger ledger() {
    return store.ledger();
  }

  @Override
  public DesiredArms desiredArms() {
    return store.desiredArms();
  }

  @Override
  public IdempotencyKeys idempotencyKeys() {
    return store.idempotencyKeys();
  }

  @Override
  public void close() {
    store.close();
    Databases.drop(database);
  }
}
