package tranche.engine.fleet;

import java.util.Map;
import tranche.core.fleet.TenantId;
import tranche.core.rollout.LedgerEntry;

/// What each tenant runs. Written only together with the journal, see
/// [tranche.engine.journal.Journal#append].
public interface Ledger {
  /// The entries of all tenants that run something.
  Map<TenantId, LedgerEntry> entries();
}
