/// What happens to a client's request: admit it, find its tenant, forward it, answer for the
/// application when that is not possible. Start with [TrafficHandler], then [Forwarding], which
/// follows one request from its first to its last byte.
///
/// Invariants: the application is told exactly one tenant, the one that was routed; a request that
/// is not idempotent is sent at most once; nothing is repeated after a response has begun.
///
/// Everything here runs on I/O threads and does not block.
@NullMarked
package tranche.gateway.traffic;

import org.jspecify.annotations.NullMarked;
