/// The typed client of the HTTP API.
///
/// Read [tranche.api.client.TrancheClient] first. Deliberately not here: printing, exit codes, and
/// where address and token come from.
@NullMarked
package tranche.api.client;

import org.jspecify.annotations.NullMarked;
