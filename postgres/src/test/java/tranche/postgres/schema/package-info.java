/// The schema driver against a real PostgreSQL.
@NullMarked
package tranche.postgres.schema;

import org.jspecify.annotations.NullMarked;
