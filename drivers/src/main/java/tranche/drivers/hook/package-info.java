/// Calling hooks around schema runs: programs, HTTP endpoints, statements.
///
/// Read [HookCalls] first, which implements the engine's port. There is no shell anywhere: a
/// program gets exactly the arguments that were configured, and what a run knows reaches it in
/// variables.
@NullMarked
package tranche.drivers.hook;

import org.jspecify.annotations.NullMarked;
