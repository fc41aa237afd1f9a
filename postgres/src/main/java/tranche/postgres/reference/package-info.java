/// Looks whether what tenants' stores refer to is there in the store that they share.
///
/// Read [tranche.postgres.reference.ReferenceCheck] first. Which references there are, and what a
/// migration means for them, is not here: see `tranche.core.reference`.
@NullMarked
package tranche.postgres.reference;

import org.jspecify.annotations.NullMarked;
