package tranche.sql.effect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tranche.core.migration.Expectation;
import tranche.core.migration.LockLevel;
import tranche.core.migration.StatementEffect;
import tranche.core.migration.StatementEffect.Loss;
import tranche.core.migration.StatementEffect.Work;
import tranche.core.migration.TouchedObject;
import tranche.core.migration.Undo;
import tranche.core.release.SchemaPhase;
import tranche.sql.name.Name;

/// An effect while it is put together. Each part only ever gets worse: a statement that does
/// several things has the strongest lock, the most work and the latest phase of them.
final class Draft {
  // Known work that holds up everybody is worse than work that may be none.
  private static final List<Work> BY_WEIGHT =
      List.of(Work.NONE, Work.ROWS, Work.SCAN, Work.UNKNOWN, Work.REWRITE);

  private final List<String> summaries = new ArrayList<>();
  private final List<TouchedObject> objects = new ArrayList<>();
  private final List<Expectation> expectations = new ArrayList<>();
  private LockLevel lock = LockLevel.NONE;
  private boolean canRunInTransaction = true;
  private Work work = Work.NONE;
  private Loss loss = Loss.NONE;
  private SchemaPhase phase = SchemaPhase.EXPAND;

  static Draft of(String summary) {
    return new Draft().says(summary);
  }

  Draft says(String summary) {
    summaries.add(summary);
    return this;
  }

  Draft touches(String kind, Name name) {
    objects.add(new TouchedObject(kind, name.isOfStore() ? NO_SCHEMA : name.schema(), name.own()));
    return this;
  }

  /// Touches something that belongs to a table.
  Draft touches(String kind, Name table, String name) {
    return touches(kind, table.sibling(table.own() + "." + name));
  }

  private static final java.util.Optional<String> NO_SCHEMA = java.util.Optional.empty();

  Draft locks(LockLevel level) {
    lock = level.compareTo(lock) > 0 ? level : lock;
    return this;
  }

  /// Takes the lock on a relation, which counts unless the script has made the relation.
  Draft locks(LockLevel level, Name relation, Scene scene) {
    return scene.isNew(relation) ? this : locks(level);
  }

  Draft works(Work more) {
    work = BY_WEIGHT.indexOf(more) > BY_WEIGHT.indexOf(work) ? more : work;
    return this;
  }

  Draft works(Work more, Name relation, Scene scene) {
    return scene.isNew(relation) ? this : works(more);
  }

  Draft loses(Loss more) {
    loss = more.compareTo(loss) > 0 ? more : loss;
    return this;
  }

  Draft inPhase(SchemaPhase later) {
    phase = later.compareTo(phase) > 0 ? later : phase;
    return this;
  }

  /// Belongs to contract and takes something away.
  Draft removes(Loss more) {
    return loses(more).inPhase(SchemaPhase.CONTRACT);
  }

  Draft needsNoTransaction() {
    canRunInTransaction = false;
    return this;
  }

  /// Expects something of the store's own schema; names of other schemas are nobody's business
  /// here.
  Draft expects(Name name, Expectation expectation) {
    if (name.isOfStore()) {
      expectations.add(expectation);
    }
    return this;
  }

  StatementEffect done(Undo undo) {
    return new StatementEffect(
        String.join(", ", summaries),
        objects.stream().distinct().toList(),
        lock,
        canRunInTransaction,
        work,
        loss,
        phase,
        expectations,
        undo);
  }

  static Comparator<Work> byWeight() {
    return Comparator.comparingInt(BY_WEIGHT::indexOf);
  }
}
