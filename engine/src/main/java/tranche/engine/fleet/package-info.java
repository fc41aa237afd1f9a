/// The fleet as the engine knows it: where tenants are read from and what each one runs.
///
/// Read [tranche.engine.fleet.FleetSource] first. Deliberately not here: what a tenant is
/// (`tranche.core.fleet`).
@NullMarked
package tranche.engine.fleet;

import org.jspecify.annotations.NullMarked;
