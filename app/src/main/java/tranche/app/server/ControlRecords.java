package tranche.app.server;

import java.util.Map;
import java.util.Optional;
import tranche.config.TrancheConfig;
import tranche.core.fleet.TenantId;
import tranche.core.release.Release;
import tranche.core.release.ReleaseId;
import tranche.core.rollout.LedgerEntry;
import tranche.core.rollout.Plan;
import tranche.core.rollout.RolloutId;
import tranche.postgres.control.ControlStore;
import tranche.postgres.embedded.ServerAddress;

/// What the control plane of a fleet has written down, read from its database: it answers also
/// while no control plane runs. Nothing is changed.
public final class ControlRecords implements AutoCloseable {
  private final ControlStore store;

  private ControlRecords(ControlStore store) {
    this.store = store;
  }

  /// The records, if a control plane has ever worked for that configuration.
  ///
  /// @param embedded the embedded server, if there is one
  /// @throws tranche.core.problem.ProblemException [tranche.postgres.control.ControlProblem] if
  ///   there may be some and they cannot be read
  public static Optional<ControlRecords> find(
      TrancheConfig config, Optional<ServerAddress> embedded) {
    return config
        .controlPlane()
        .store()
        .map(Wiring::external)
        .or(() -> embedded.map(Wiring::own))
        .flatMap(ControlStore::find)
        .map(ControlRecords::new);
  }

  /// What each tenant runs.
  public Map<TenantId, LedgerEntry> ledger() {
    return store.ledger().entries();
  }

  /// The release of that name, with the text of its migrations.
  public Optional<Release> release(ReleaseId id) {
    return store.releases().find(id);
  }

  /// The rollout that has not ended, if there is one, and its plan.
  public Optional<Unfinished> unfinished() {
    return store.rollouts().unfinished().stream()
        .findFirst()
        .flatMap(r -> store.rollouts().plan(r.planHash()).map(p -> new Unfinished(r.id(), p)));
  }

  /// A rollout on its way.
  public record Unfinished(RolloutId id, Plan plan) {}

  /// Closes the connections.
  @Override
  public void close() {
    store.close();
  }
}
