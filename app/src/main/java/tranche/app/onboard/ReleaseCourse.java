package tranche.app.onboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.app.schema.selection.TargetStore;
import tranche.core.fanout.NeedProblem;
import tranche.core.release.Migration;
import tranche.core.release.Release;
import tranche.core.release.SchemaVersion;
import tranche.core.rollout.RolloutId;
import tranche.engine.schema.ChangeContext;
import tranche.engine.schema.SchemaDriver;
import tranche.postgres.onboard.NewStores;

/// The migrations of the release that the tier runs, as a rollout of it would run them.
record ReleaseCourse(
    Release release, Optional<RolloutId> rollout, NewStores stores, SchemaDriver driver)
    implements Course {
  @Override
  public Optional<SchemaVersion> newest(TargetStore store) {
    return Optional.of(release.schema().target());
  }

  @Override
  public List<String> way(TargetStore store, SchemaVersion to) {
    return upTo(to).stream().map(ReleaseCourse::name).toList();
  }

  private static String name(Migration migration) {
    return "V" + migration.version() + " " + migration.description();
  }

  private List<Migration> upTo(SchemaVersion to) {
    boolean isKnown = release.schema().migrations().stream().anyMatch(m -> m.version().equals(to));
    if (!isKnown) {
      throw new NeedProblem.NoSuchVersion(to, release.schema().target().toString()).exception();
    }
    return release.schema().migrations().stream().filter(m -> !m.version().isAfter(to)).toList();
  }

  @Override
  public List<String> bring(TargetStore store, SchemaVersion to) {
    Map<?, SchemaVersion> before = driver.versions(List.of(store.store()));
    SchemaVersion at = before.containsKey(store.store()) ? before.get(store.store()) : null;
    ChangeContext context = stores.context(store.store(), rollout);
    List<String> ran = new ArrayList<>();
    for (Migration migration : upTo(to)) {
      String _ = driver.migrate(store.store(), migration, context);
      if (at == null || migration.version().isAfter(at)) {
        ran.add(name(migration));
      }
    }
    return ran;
  }

  @Override
  public String name() {
    return "release " + release.id();
  }
}
