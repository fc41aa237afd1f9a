package tranche.testkit;

import java.util.List;
import tranche.core.rollout.Event;
import tranche.core.rollout.JournalEntry;
import tranche.core.rollout.RolloutId;
import tranche.engine.journal.Fence;
import tranche.engine.journal.Journal;
import tranche.engine.journal.LedgerChange;
import tranche.engine.rollout.ServiceProblem;

/// The journal as a list.
final class MemoryJournal implements Journal {
  private static final int APPEND = 10_000;

  private final Memory memory;

  MemoryJournal(Memory memory) {
    this.memory = memory;
  }

  @Override
  public List<JournalEntry> append(
      RolloutId rollout, Fence fence, List<Event> events, List<LedgerChange> ledger) {
    if (events.isEmpty() || events.size() > APPEND) {
      throw new IllegalArgumentException("an append of " + events.size() + " events");
    }
    synchronized (memory) {
      memory.requireCurrent(fence);
      Memory.Rollout known = memory.rollouts.get(rollout);
      if (known == null) {
        throw new ServiceProblem.UnknownRollout(rollout.value()).exception();
      }
      List<JournalEntry> written = memory.append(known, fence, List.copyOf(events));
      memory.apply(rollout, written.getFirst().at(), ledger);
      return written;
    }
  }

  @Override
  public List<JournalEntry> read(RolloutId rollout, long after, int limit) {
    Memory.page(limit);
    synchronized (memory) {
      return memory.entries.stream()
          .skip(Math.max(0, after))
          .filter(e -> e.rollout().equals(rollout))
          .limit(limit)
          .toList();
    }
  }

  // The entry with number n is the n-th: numbers have no gaps here.
  @Override
  public List<JournalEntry> readAll(long after, int limit) {
    Memory.page(limit);
    synchronized (memory) {
      return memory.entries.stream().skip(Math.max(0, after)).limit(limit).toList();
    }
  }

  @Override
  public long lastSequence() {
    synchronized (memory) {
      return memory.entries.size();
    }
  }
}
