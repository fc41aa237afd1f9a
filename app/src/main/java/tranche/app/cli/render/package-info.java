/// Text for people: pure functions from wire records to lines.
///
/// Read [tranche.app.cli.render.Look] first, then [tranche.app.cli.render.PlanTable] and
/// [tranche.app.cli.render.Ladder]. Text that came over the wire may hold anything; it is made
/// harmless in one place, [tranche.app.cli.render.Look#finish(java.util.List)], so nothing here
/// prints. Deliberately not here: printing, terminals, clocks (time is a parameter), JSON.
@NullMarked
package tranche.app.cli.render;

import org.jspecify.annotations.NullMarked;
