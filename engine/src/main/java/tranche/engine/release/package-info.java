/// Releases as the engine keeps them.
///
/// Read [tranche.engine.release.ReleaseStore] first. A release is stored whole, with the text of
/// its migrations, so that what was planned is what runs, whatever happens to the folder.
@NullMarked
package tranche.engine.release;

import org.jspecify.annotations.NullMarked;
