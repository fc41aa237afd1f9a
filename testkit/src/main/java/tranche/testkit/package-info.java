/// What tests of several modules share: a clock that is set by hand, the control store in memory,
/// and one contract suite per port, which every implementation of the port runs.
///
/// Read [tranche.testkit.InMemoryControlStore] first. An implementation runs a suite by extending
/// it, see [tranche.testkit.JournalContract].
///
/// Deliberately not here: anything that knows PostgreSQL, processes or HTTP.
@NullMarked
package tranche.testkit;

import org.jspecify.annotations.NullMarked;
