/// What tests of several modules share: a clock that is set by hand, the control store and stores
/// in memory, one server per JVM, and contract suites for each port, which every implementation of
/// the port runs.
///
/// Read [tranche.testkit.InMemoryControlStore] first. An implementation runs a suite by extending
/// it, see [tranche.testkit.JournalContract].
///
/// Deliberately not here: anything that knows PostgreSQL, processes or HTTP.
@NullMarked
package tranche.testkit;

import org.jspecify.annotations.NullMarked;
