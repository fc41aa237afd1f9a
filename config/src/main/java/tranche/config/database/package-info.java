/// Databases as declared: where they are, how to sign in, and which names `{tenant}` and `{region}`
/// make.
///
/// Read [tranche.config.database.DatabaseConfig] first. Deliberately not here: connections (module
/// `postgres`) and starting the embedded server.
@NullMarked
package tranche.config.database;

import org.jspecify.annotations.NullMarked;
