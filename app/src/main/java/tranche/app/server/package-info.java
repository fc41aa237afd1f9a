/// Running a control plane on this machine: its data folder, its parts list, `up` and `down`.
///
/// Read [tranche.app.server.Wiring] first: it is the only place where ports meet what is behind
/// them. Deliberately not here: commands that talk to a control plane (`tranche.app.cli`).
@NullMarked
package tranche.app.server;

import org.jspecify.annotations.NullMarked;
