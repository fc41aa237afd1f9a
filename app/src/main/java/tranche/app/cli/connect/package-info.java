/// Where the control plane is, and the token for it.
///
/// Read [tranche.app.cli.connect.Finder] first. Deliberately not here: talking to it
/// (`tranche.api.client`), and writing the files that are read here (the control plane does).
@NullMarked
package tranche.app.cli.connect;

import org.jspecify.annotations.NullMarked;
