/// Tests of changes of many stores on a real PostgreSQL.
@NullMarked
package tranche.postgres.fanout;

import org.jspecify.annotations.NullMarked;
