/// Reading the list of tenants from a database.
///
/// Read [tranche.postgres.fleet.TenantQuery]. What the columns mean is the configuration's
/// business.
@NullMarked
package tranche.postgres.fleet;

import org.jspecify.annotations.NullMarked;
