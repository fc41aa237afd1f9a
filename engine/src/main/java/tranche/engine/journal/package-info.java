/// What was decided and done, and who may decide: the journal and the lease.
///
/// Read [tranche.engine.journal.Journal] first. Both are ports; the real ones are in `postgres`.
/// Nothing in here interprets an entry: that is `tranche.core.rollout.RolloutState`.
@NullMarked
package tranche.engine.journal;

import org.jspecify.annotations.NullMarked;
