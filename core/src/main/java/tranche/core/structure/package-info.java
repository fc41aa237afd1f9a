/// What a store is made of, as a value: its objects with their definitions, a fingerprint of them,
/// and the differences between two of them.
///
/// Read [tranche.core.structure.Structure] first, then [tranche.core.structure.StructureDiff]. What
/// always holds: the store's own schema name appears in no definition, so two stores that were made
/// by the same migrations have equal structures; rows are no part of a structure.
///
/// Deliberately not here: how a structure is read or copied (`tranche.postgres.structure`).
@NullMarked
package tranche.core.structure;

import org.jspecify.annotations.NullMarked;
