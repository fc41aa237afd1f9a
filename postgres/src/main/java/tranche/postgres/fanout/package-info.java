/// Changes very many stores, each in one round trip, exactly once, however often processes die.
///
/// Read `PostgresStoreAccess` first, then `ScriptText` and `StoreMessages`: they show what is sent.
/// The server's half are the functions in `functions.sql` of `tranche.postgres.schema`.
///
/// What always holds: a migration and its row in the history commit together (I3); the transaction
/// checks the run's lease before and after the script, in the message that also commits (I4); a
/// session that holds a store for a run whose lease is over is ended before anybody else changes
/// the store; what the script should have left is looked up in the catalog before the commit (I9);
/// no connection is shared and every one is closed.
///
/// Deliberately not here: which migrations a store needs (`tranche.core.fanout`), how many
/// connections there are (`tranche.engine.fanout`), reading and writing the histories of other
/// tools (`tranche.postgres.adopt`, behind [tranche.postgres.fanout.ForeignHistoryWriter]).
@NullMarked
package tranche.postgres.fanout;

import org.jspecify.annotations.NullMarked;
