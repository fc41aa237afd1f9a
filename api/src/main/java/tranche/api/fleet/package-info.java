/// Tenants and the fleet as they are sent.
///
/// Read [tranche.api.fleet.TenantJson] first. Deliberately not here: what a tenant is
/// (`tranche.core.fleet`).
@NullMarked
package tranche.api.fleet;

import org.jspecify.annotations.NullMarked;
