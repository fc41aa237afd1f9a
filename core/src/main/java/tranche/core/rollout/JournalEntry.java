package tranche.core.rollout;

import java.time.Instant;

/// An event with its place in the journal. `seq` grows over all rollouts; `epoch` is the fencing
/// number of the engine that wrote it.
public record JournalEntry(long seq, RolloutId rollout, Instant at, long epoch, Event event) {}
