/// The control database: the engine's ports over one PostgreSQL database.
///
/// Read [tranche.postgres.control.ControlStore] first, then [tranche.postgres.control.FencedWrites]
/// and [tranche.postgres.control.PostgresJournal]; `docs/adr/0010-journal-and-lease.md` has the
/// argument why they are safe.
///
/// What always holds: every write of the engine carries a fencing number and is refused when it is
/// no longer the current one (I4); entries of the journal become visible in the order of their
/// numbers and never change (I3, I12). All time is the database's.
///
/// Deliberately not here: the databases of tenants (`tranche.postgres.schema`), the stored form of
/// what is written (`tranche.postgres.json`), and any secret: no table holds one.
@NullMarked
package tranche.postgres.control;

import org.jspecify.annotations.NullMarked;
