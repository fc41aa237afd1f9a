/// Connections against a real PostgreSQL.
@NullMarked
package tranche.postgres.database;

import org.jspecify.annotations.NullMarked;
