package tranche.testkit;

import tranche.engine.delivery.DesiredArms;
import tranche.engine.fleet.Ledger;
import tranche.engine.journal.Journal;
import tranche.engine.journal.Leases;
import tranche.engine.release.ReleaseStore;
import tranche.engine.request.IdempotencyKeys;
import tranche.engine.rollout.RolloutStore;

/// The ports that one control store offers.
public interface ControlPorts {
  /// What was decided and done.
  Journal journal();

  /// Who may act.
  Leases leases();

  /// Plans and rollouts.
  RolloutStore rollouts();

  /// Releases.
  ReleaseStore releases();

  /// What each tenant runs.
  Ledger ledger();

  /// Which arms shall run.
  DesiredArms desiredArms();

  /// Requests that may arrive twice.
  IdempotencyKeys idempotencyKeys();
}
