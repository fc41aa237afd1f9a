/// What the product does with input that it cannot work with: each case says what, why and how to
/// go on, ends with the documented exit code, and leaves nothing half done.
///
/// Read [tranche.e2e.input.BadInputIT] first. Deliberately not here: failures of the product's own
/// processes (`tranche.e2e`).
@NullMarked
package tranche.e2e.input;

import org.jspecify.annotations.NullMarked;
