/// From a folder of scripts to statements that are understood.
///
/// Read [Compiler] first. A migration is compiled for itself, so that of a long folder only what is
/// still to be run needs to be.
///
/// Deliberately not here: reading folders (`tranche.config.migration`), and deciding which
/// migrations a store needs (`tranche.core.fanout`).
@NullMarked
package tranche.sql.compile;

import org.jspecify.annotations.NullMarked;
