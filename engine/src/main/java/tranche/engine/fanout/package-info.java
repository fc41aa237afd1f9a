/// Doing the same to very many stores: connections per server, adaptive parallelism, progress,
/// resuming, and the port behind which the stores are.
///
/// Read [StoreAccess] first. What each store needs is decided in `tranche.core.fanout`.
@NullMarked
package tranche.engine.fanout;

import org.jspecify.annotations.NullMarked;
