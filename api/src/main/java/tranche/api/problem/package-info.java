/// Problems as they are sent: RFC 9457 problem details with what, why and fix.
///
/// Read [tranche.api.problem.ProblemJson] first. Deliberately not here: which HTTP status a problem
/// has; that is one switch in the server.
@NullMarked
package tranche.api.problem;

import org.jspecify.annotations.NullMarked;
