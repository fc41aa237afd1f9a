/// Asking over HTTP within limits of time and size, and verification suites over HTTP.
///
/// Read [tranche.drivers.http.HttpVerifier] first. Deliberately not here: what is asked (suites
/// come from the configuration) and what follows from a failure (the engine decides).
@NullMarked
package tranche.drivers.http;

import org.jspecify.annotations.NullMarked;
