package tranche.engine.journal;

import java.util.List;
import tranche.core.rollout.Event;
import tranche.core.rollout.JournalEntry;
import tranche.core.rollout.RolloutId;

/// The append-only record of what was decided and done (I12).
public interface Journal {
  /// Appends events of one rollout, all or none, durably, together with the changes of the ledger
  /// that they mean.
  ///
  /// @return the entries as written
  /// @throws tranche.core.problem.ProblemException [JournalProblem.LeaseLost] if the fencing number
  ///   is no longer the current one; nothing is written then
  List<JournalEntry> append(
      RolloutId rollout, Fence fence, List<Event> events, List<LedgerChange> ledger);

  /// The entries of one rollout after a sequence number, oldest first, `limit` at most.
  List<JournalEntry> read(RolloutId rollout, long after, int limit);

  /// The entries of all rollouts after a sequence number, oldest first, `limit` at most. An entry
  /// appears only when none with a lower number can appear any more.
  List<JournalEntry> readAll(long after, int limit);

  /// The highest sequence number written, 0 if none is.
  long lastSequence();
}
