/// The HTTP API of a control plane: parse, ask, render.
///
/// Read [tranche.server.HttpServer] first. Deliberately not here: anything that decides; routes
/// only ask [tranche.engine.control.ControlPlane]. What is said on the wire is module `api`.
@NullMarked
package tranche.server;

import org.jspecify.annotations.NullMarked;
