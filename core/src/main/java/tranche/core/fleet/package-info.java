/// Who the tenants are and where each one lives: tenant, cell, store, placement.
///
/// Read [tranche.core.fleet.Fleet] first: an immutable snapshot, complete and consistent by
/// construction. Deliberately not here: which release a tenant runs (that is the ledger, in
/// `tranche.core.rollout`) and how a store is reached (connection data stays in the shell).
@NullMarked
package tranche.core.fleet;

import org.jspecify.annotations.NullMarked;
