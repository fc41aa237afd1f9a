/// The whole product as its users have it: assembled, as processes, with real PostgreSQL and real
/// requests. Read [tranche.e2e.harness.Site] first.
@NullMarked
package tranche.e2e;

import org.jspecify.annotations.NullMarked;
