/// Requests that may arrive twice, as a port: a caller that did not hear the answer asks again with
/// the same key and gets the answer of the first time.
///
/// Read [tranche.engine.request.IdempotencyKeys] first. Deliberately not here: what a request is.
@NullMarked
package tranche.engine.request;

import org.jspecify.annotations.NullMarked;
