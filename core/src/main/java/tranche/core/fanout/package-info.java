/// What a fan-out over many stores has to do, and how fast: which migrations each store needs, in
/// which order stores come, when a failure ends the run, how many connections a server gets, when
/// it will be over.
///
/// Read [StoreTask] first. Nothing here connects to anything.
@NullMarked
package tranche.core.fanout;

import org.jspecify.annotations.NullMarked;
