/// Connections to the databases that hold the tenants' data: where they are, as whom to sign in,
/// and how many connections may be open at once.
///
/// Read [tranche.postgres.database.Databases] first. Invariants: a place is made of validated
/// fields, never of a URL that somebody wrote; the number of connections to a server is bounded;
/// whatever a migration did to its session is gone before another store uses it.
///
/// Deliberately not here: what is said over these connections (`tranche.postgres.schema`) and the
/// store of the control plane itself (`tranche.postgres.control`).
@NullMarked
package tranche.postgres.database;

import org.jspecify.annotations.NullMarked;
