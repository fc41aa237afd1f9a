/// Tranche as its user starts it: a process of its own, measured from outside.
///
/// Read [Launcher] first; [Outcome] is what is known of a process after it has ended. [Sampling]
/// asks the same question again and again while something else runs; [Backends] asks the server's
/// processes how large they are.
///
/// Deliberately not here: what is asked of Tranche. Each benchmark decides that.
@NullMarked
package tranche.bench.process;

import org.jspecify.annotations.NullMarked;
