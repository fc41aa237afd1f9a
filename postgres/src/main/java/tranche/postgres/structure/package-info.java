/// What looks at the structure of stores, copies it, and rehearses changes on a copy.
///
/// Read [tranche.postgres.structure.StructureReader] first, then
/// [tranche.postgres.structure.ScratchCopy]; `objects.sql` beside them says what a structure holds
/// and `creation.sql` how it is made again.
///
/// What always holds: everything is read from the catalog by OID, in transactions of bounded size;
/// a source is never locked harder than ACCESS SHARE; what could not be copied is listed, never
/// left out in silence; no row of a table appears in a message.
///
/// Deliberately not here: what a structure is and how two differ (`tranche.core.structure`), what a
/// statement does (`tranche.sql`), and changing stores (`tranche.postgres.schema`).
@NullMarked
package tranche.postgres.structure;

import org.jspecify.annotations.NullMarked;
