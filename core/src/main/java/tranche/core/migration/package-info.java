/// Migrations: the scripts of a folder as they were read, what their statements do, and what a
/// store's history says was run.
///
/// Read [MigrationSet] first, then [CompiledMigration]. Reading folders is done by `config`,
/// understanding statements by `sql`, running them by `postgres`. Which migrations a store still
/// needs is decided in `tranche.core.fanout`.
@NullMarked
package tranche.core.migration;

import org.jspecify.annotations.NullMarked;
