package tranche.engine.fanout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tranche.core.fanout.StoreNeed;
import tranche.core.fleet.StoreId;
import tranche.core.migration.MigrationKey;
import tranche.engine.fanout.Targets.Target;

/// A store that has to be changed, and what was tried so far.
///
/// @param need [StoreNeed.Migrations] or [StoreNeed.Undoing]
/// @param notBefore when it may be tried again
/// @param ran what this run ran on it in earlier tries
record Work(Target target, StoreNeed need, Tries tries, Instant notBefore, List<MigrationKey> ran) {
  record Tries(int broken, int busy, int moves) {
    static final Tries NONE = new Tries(0, 0, 0);
  }

  static Work first(Target target, StoreNeed need) {
    return new Work(target, need, Tries.NONE, Instant.MIN, List.of());
  }

  StoreId store() {
    return target.store();
  }

  Work broken(List<MigrationKey> also) {
    Tries more = new Tries(tries.broken() + 1, tries.busy(), tries.moves());
    return new Work(target, need, more, notBefore, ranWith(also));
  }

  Work busy(List<MigrationKey> also, Instant until) {
    Tries more = new Tries(tries.broken(), tries.busy() + 1, tries.moves());
    return new Work(target, need, more, until, ranWith(also));
  }

  Work moved(List<MigrationKey> also, StoreNeed now) {
    Tries more = new Tries(tries.broken(), tries.busy(), tries.moves() + 1);
    return new Work(target, now, more, Instant.MIN, ranWith(also));
  }

  List<MigrationKey> ranWith(List<MigrationKey> also) {
    if (ran.isEmpty()) {
      return also;
    }
    List<MigrationKey> all = new ArrayList<>(ran);
    all.addAll(also);
    return List.copyOf(all);
  }
}
