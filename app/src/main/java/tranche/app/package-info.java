/// The program: command line, wiring, process start. Read [Main] first.
///
/// Deliberately not here: any decision about a rollout, and any SQL.
@NullMarked
package tranche.app;

import org.jspecify.annotations.NullMarked;
