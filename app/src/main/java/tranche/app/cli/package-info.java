/// The commands: parse, ask the control plane, print.
///
/// Read [tranche.app.cli.Cli] first; each noun is one class, each verb a method or a class of its
/// own. A command is an HTTP client and nothing else. Data goes to the standard output, everything
/// else to the error output. Deliberately not here: how things look (`render`), where the control
/// plane is (`connect`), following a rollout (`watch`).
@NullMarked
package tranche.app.cli;

import org.jspecify.annotations.NullMarked;
