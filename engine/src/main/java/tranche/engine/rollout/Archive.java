package tranche.engine.rollout;

import tranche.engine.fleet.Ledger;
import tranche.engine.journal.Journal;
import tranche.engine.journal.Leases;
import tranche.engine.release.ReleaseStore;

/// What is durable: every port of the control store.
public record Archive(
    Journal journal, Leases leases, RolloutStore rollouts, ReleaseStore releases, Ledger ledger) {}
