package tranche.engine.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tranche.core.rollout.Event;
import tranche.core.rollout.JournalEntry;
import tranche.core.rollout.Move;
import tranche.core.rollout.RolloutId;
import tranche.core.rollout.RolloutState;
import tranche.core.rollout.Step;
import tranche.core.rollout.StepProgress;
import tranche.engine.journal.Fence;
import tranche.engine.journal.Journal;
import tranche.engine.journal.LedgerChange;

/// Writes one rollout's journal and folds what was written into the state, in that order: the state
/// never knows anything that is not durable.
final class Recorder {
  private static final int PAGE = 1_000;

  private final Journal journal;
  private final RolloutId rollout;
  private final Fence fence;
  private final RolloutState state;
  private long lastSeq;

  private Recorder(Journal journal, RolloutId rollout, Fence fence, RolloutState state) {
    this.journal = journal;
    this.rollout = rollout;
    this.fence = fence;
    this.state = state;
  }

  /// Reads the whole journal of a rollout, to go on writing it.
  static Recorder open(Journal journal, RolloutId rollout, Fence fence, RolloutState state) {
    Recorder recorder = new Recorder(journal, rollout, fence, state);
    recorder.catchUp();
    return recorder;
  }

  /// Folds the whole journal of a rollout, only to look at it.
  static RolloutState fold(Journal journal, RolloutId rollout, RolloutState state) {
    pages(journal, rollout, 0, state::apply);
    return state;
  }

  /// Takes in what was written since the last look, for instance by an append whose answer was
  /// lost.
  void catchUp() {
    pages(journal, rollout, lastSeq, this::take);
  }

  private static void pages(
      Journal journal, RolloutId rollout, long after, Consumer<JournalEntry> reader) {
    long last = after;
    List<JournalEntry> page;
    do {
      page = journal.read(rollout, last, PAGE);
      page.forEach(reader);
      last = page.isEmpty() ? last : page.getLast().seq();
    } while (page.size() == PAGE);
  }

  void append(List<Event> events) {
    List<LedgerChange> ledger = new ArrayList<>();
    events.forEach(e -> ledger.addAll(ledgerChanges(e)));
    journal.append(rollout, fence, events, ledger).forEach(this::take);
  }

  private void take(JournalEntry entry) {
    if (entry.seq() > lastSeq) {
      lastSeq = entry.seq();
      state.apply(entry);
    }
  }

  RolloutState state() {
    return state;
  }

  /// What the ledger learns from an event. Written in the transaction of the event, so ledger and
  /// journal never disagree.
  private List<LedgerChange> ledgerChanges(Event event) {
    if (!(event instanceof Event.Performed(var id, _))) {
      return List.of();
    }
    Step step = state.progress(id).map(StepProgress::step).orElseThrow();
    return switch (step) {
      case Step.Settle(_, var release, var moves) ->
          moves.stream().map(m -> new LedgerChange(m.tenant(), Optional.of(release))).toList();
      case Step.SettleReturned(_, var moves) ->
          moves.stream().map((Move m) -> new LedgerChange(m.tenant(), m.from())).toList();
      case Step.Provision _,
          Step.Preflight _,
          Step.Backup _,
          Step.Migrate _,
          Step.CheckBackfill _,
          Step.Deploy _,
          Step.Retire _,
          Step.Verify _,
          Step.Shift _,
          Step.Bake _,
          Step.Look _,
          Step.Return _ ->
          List.of();
    };
  }
}
