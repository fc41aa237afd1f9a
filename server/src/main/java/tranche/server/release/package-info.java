/// Routes about releases.
///
/// Read [tranche.server.release.ReleaseRoutes] first.
@NullMarked
package tranche.server.release;

import org.jspecify.annotations.NullMarked;
