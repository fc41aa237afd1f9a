/// What stores of tenants refer to in the store that they share, where no foreign key can.
///
/// Read [tranche.core.reference.StoreReference] first. Looking at rows is not here: see
/// `tranche.postgres.reference`.
@NullMarked
package tranche.core.reference;

import org.jspecify.annotations.NullMarked;
