/// The benchmark `databases`: a fleet with a database per tenant, and whether Tranche keeps to the
/// number of connections that it may have.
///
/// Read [DatabasesTrial] first.
@NullMarked
package tranche.bench.databases;

import org.jspecify.annotations.NullMarked;
