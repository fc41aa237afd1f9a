/// The stores of new tenants: whether their places are free, and making them.
///
/// Read [tranche.postgres.onboard.NewStores] first. Deliberately not here: migrating them
/// (`tranche.postgres.fanout`, `tranche.postgres.schema`), and who a tenant is.
@NullMarked
package tranche.postgres.onboard;

import org.jspecify.annotations.NullMarked;
