/// What can be asked of a control plane: the one door for the API, and so for CLI and console.
///
/// Read [tranche.engine.control.ControlPlane] first. Views are immutable snapshots. Deliberately
/// not here: HTTP, JSON and rights.
@NullMarked
package tranche.engine.control;

import org.jspecify.annotations.NullMarked;
