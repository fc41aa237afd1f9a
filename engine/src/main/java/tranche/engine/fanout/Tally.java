package tranche.engine.fanout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.core.fanout.FailureGroup;
import tranche.core.fanout.FailureGroups;
import tranche.core.fanout.OnError;
import tranche.core.problem.Problem;
import tranche.engine.fanout.FanoutSummary.Ending;
import tranche.engine.fanout.Targets.LeftOut;
import tranche.engine.fanout.Targets.Target;

/// Counts how stores end, and decides from that whether another one may begin. Whether one may and
/// that it has begun is one step under one lock, so no store begins after the budget is used up.
/// Keeps nothing per store.
final class Tally {
  private static final int EXAMPLES = 5;
  private static final int MOST_REASONS = 100;
  private static final int MOST_REMARKS = 100;

  private final OnError onError;
  private final FailureGroups failures = new FailureGroups();
  private final Map<String, Skips> skips = new LinkedHashMap<>();
  private final List<Problem> remarks = new ArrayList<>();
  private int total;
  private int done;
  private int upToDate;
  private int beyond;
  private int failed;
  private int interrupted;
  private int blocked;
  private int notThere;
  private int joined;
  private long migrations;
  private int moving;
  private Optional<Ending> ending = Optional.empty();
  private Optional<RuntimeException> defect = Optional.empty();

  private static final class Skips {
    private final List<String> first = new ArrayList<>();
    private int count;
  }

  Tally(OnError onError) {
    this.onError = onError;
  }

  /// That many more stores belong to the run.
  synchronized void expect(int stores, int late) {
    total += stores;
    joined += late;
  }

  /// Whether a store may begin; if so, it has.
  synchronized boolean begin() {
    if (!mayBegin()) {
      return false;
    }
    moving++;
    return true;
  }

  private boolean mayBegin() {
    if (ending.isEmpty() && !onError.mayBegin(failed, total)) {
      ending = Optional.of(Ending.BUDGET_SPENT);
    }
    return ending.isEmpty();
  }

  /// Whether no store begins any more.
  synchronized boolean isEnding() {
    return !mayBegin();
  }

  /// A store that had begun waits again.
  synchronized void putBack() {
    moving--;
  }

  /// A store that had begun has ended.
  synchronized void endedMoving(Target target, StoreEnd end) {
    moving--;
    ended(target, end);
  }

  /// A store has ended.
  synchronized void ended(Target target, StoreEnd end) {
    switch (end) {
      case StoreEnd.UpToDate(_, boolean isBeyond) -> {
        upToDate++;
        beyond += isBeyond ? 1 : 0;
      }
      case StoreEnd.Done(var ran, _) -> {
        done++;
        migrations += ran.size();
      }
      case StoreEnd.Failed(var ran, _, var problem) -> {
        failed++;
        migrations += ran.size();
        failures.add(target.store(), target.tenant(), problem);
      }
      case StoreEnd.Interrupted _ -> interrupted++;
      case StoreEnd.Blocked(var blocker) -> {
        blocked++;
        skip(blocker.toString(), target.store().toString());
      }
      case StoreEnd.NotThere(boolean isGone) -> {
        notThere++;
        skip(isGone ? "gone since the run began" : "no such schema", target.store().toString());
      }
    }
  }

  /// A tenant that the list of targets leaves out.
  synchronized void leftOut(LeftOut tenant) {
    skip(tenant.reason(), tenant.tenant());
  }

  private void skip(String reason, String name) {
    String key =
        skips.containsKey(reason) || skips.size() < MOST_REASONS ? reason : "other reasons";
    Skips group = skips.computeIfAbsent(key, _ -> new Skips());
    group.count++;
    if (group.first.size() < EXAMPLES) {
      group.first.add(name);
    }
  }

  /// Something besides went wrong.
  synchronized void remark(Problem problem) {
    if (remarks.size() < MOST_REMARKS) {
      remarks.add(problem);
    }
  }

  /// No store begins any more, because somebody said so.
  synchronized void stop() {
    if (ending.isEmpty()) {
      ending = Optional.of(Ending.STOPPED);
    }
  }

  /// No store begins any more, because of a defect in this program.
  synchronized void stop(RuntimeException bug) {
    defect = defect.or(() -> Optional.of(bug));
    stop();
  }

  synchronized Optional<RuntimeException> defect() {
    return defect;
  }

  synchronized Ending ending() {
    return ending.orElse(Ending.COMPLETE);
  }

  synchronized Counts counts() {
    return new Counts(
        total, done, upToDate, beyond, failed, interrupted, blocked, notThere, joined, migrations);
  }

  synchronized int moving() {
    return moving;
  }

  synchronized List<FailureGroup> failures() {
    return failures.groups();
  }

  synchronized List<Problem> remarks() {
    return List.copyOf(remarks);
  }

  synchronized List<SkipGroup> skipped() {
    return skips.entrySet().stream()
        .map(e -> new SkipGroup(e.getKey(), e.getValue().count, e.getValue().first))
        .sorted(Comparator.comparingInt(SkipGroup::count).reversed())
        .toList();
  }
}
