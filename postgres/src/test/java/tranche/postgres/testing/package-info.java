/// A real PostgreSQL for the tests of this module: one server per JVM.
@NullMarked
package tranche.postgres.testing;

import org.jspecify.annotations.NullMarked;
