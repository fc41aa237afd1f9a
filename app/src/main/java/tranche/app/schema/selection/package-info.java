/// Which stores a schema command is about, and how their databases are reached: the fleet of a
/// `tranche.yaml`, or whatever a server has under names of a pattern.
///
/// Read [tranche.app.schema.selection.Targets] first. Deliberately not here: what is done to
/// stores.
@NullMarked
package tranche.app.schema.selection;

import org.jspecify.annotations.NullMarked;
