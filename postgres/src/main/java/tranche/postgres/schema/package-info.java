/// Changes and observes stores on real PostgreSQL.
///
/// Read [tranche.postgres.schema.PostgresSchemaDriver] first, then
/// [tranche.postgres.schema.StoreTransaction]: every change of a store happens inside one of those.
///
/// What always holds: a change and its row in the history commit together or not at all; a lower
/// fencing number than one seen changes nothing (I4); a lock is waited for briefly, several times,
/// never long; a role that cannot see every row gets an error, never a part of the rows.
///
/// Deliberately not here: which change comes when (`tranche.core.rollout`), changes that cannot run
/// in a transaction, and the application's own rules about tenants.
@NullMarked
package tranche.postgres.schema;

import org.jspecify.annotations.NullMarked;
