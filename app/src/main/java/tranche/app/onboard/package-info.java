/// `tranche tenant add`: a new tenant, from a free place to a line in the list of tenants.
///
/// Read [tranche.app.onboard.Onboarding] first: it has the order of steps and why it is safe to
/// crash between any two of them. Deliberately not here: how a store is made
/// (`tranche.postgres.onboard`), how the list is written (`tranche.config.fleet`).
@NullMarked
package tranche.app.onboard;

import org.jspecify.annotations.NullMarked;
