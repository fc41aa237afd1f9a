/// Releases as they are sent.
///
/// Read [tranche.api.release.ReleaseJson] first. Deliberately not here: the text of migrations, and
/// commands, which can carry what is nobody else's business.
@NullMarked
package tranche.api.release;

import org.jspecify.annotations.NullMarked;
