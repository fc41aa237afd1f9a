/// Folders of migrations, read as their users have them: Flyway's naming, pairs of up and down
/// scripts, phase folders and headers of our own.
///
/// Read [tranche.config.migration.MigrationFolder] first. All that is wrong with a folder is
/// reported at once, and what is left out is listed in notes: nothing is passed over silently.
/// Deliberately not here: what the statements of a script mean, and running them.
@NullMarked
package tranche.config.migration;

import org.jspecify.annotations.NullMarked;
