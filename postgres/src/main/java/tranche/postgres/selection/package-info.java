/// Looks at what a server has: its databases and their schemas, by name. For targets that no
/// configuration lists.
///
/// Read [tranche.postgres.selection.TargetFinder] first. Deliberately not here: what is in a
/// schema, and which names are wanted.
@NullMarked
package tranche.postgres.selection;

import org.jspecify.annotations.NullMarked;
