/// The benchmark `status`: how long `tranche schema status` takes over many schemas, as a whole
/// process, and how much memory it needs.
///
/// Read [StatusTrial] first.
@NullMarked
package tranche.bench.status;

import org.jspecify.annotations.NullMarked;
