/// What is said on the wire: records for requests and answers, and how they become JSON.
///
/// Read [tranche.api.Wire] first. Records carry words, numbers and times as a reader of JSON sees
/// them, so that a change inside the engine does not change the wire by accident. The document that
/// binds is `openapi.yaml` beside this package. Deliberately not here: HTTP routes (module
/// `server`) and the envelope that the command line prints.
@NullMarked
package tranche.api;

import org.jspecify.annotations.NullMarked;
