/// Release folders: `release.yaml`, its artifact files, migrations and preflight checks.
///
/// Read [tranche.config.release.ReleaseFolder] first. Deliberately not here: storing releases and
/// running migrations.
@NullMarked
package tranche.config.release;

import org.jspecify.annotations.NullMarked;
