package tranche.app.onboard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.app.cli.Surroundings;
import tranche.app.schema.Folders;
import tranche.app.schema.RunIds;
import tranche.app.schema.Stores;
import tranche.app.schema.Understanding;
import tranche.app.schema.selection.TargetStore;
import tranche.app.schema.selection.Targets;
import tranche.core.fanout.ApplyOptions;
import tranche.core.fanout.ApplyOptions.OutOfOrder;
import tranche.core.fanout.NeedProblem;
import tranche.core.fanout.StoreNeed;
import tranche.core.fanout.StorePlanning;
import tranche.core.fanout.StoreReading;
import tranche.core.fanout.StoreSet.Role;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledSet.CompiledCallback;
import tranche.core.migration.Finding.Severity;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.core.problem.Problem;
import tranche.core.release.SchemaVersion;
import tranche.engine.fanout.Fanout;
import tranche.engine.fanout.FanoutListener;
import tranche.engine.fanout.FanoutPlan;
import tranche.engine.fanout.FanoutRequest;
import tranche.engine.fanout.FanoutSettings;
import tranche.engine.fanout.FanoutSummary;
import tranche.engine.fanout.Hooks;
import tranche.engine.fanout.MigrationCompiler;
import tranche.engine.fanout.SetJob;
import tranche.engine.fanout.SetJob.Job;
import tranche.engine.fanout.Snapshot;
import tranche.engine.fanout.StoreEnd;

/// The migrations of a folder, run as `tranche schema apply` runs them.
///
/// @param targets the stores that the new ones may require to be at some version
record FolderCourse(
    Folders folders, Targets targets, FanoutSettings settings, Surroundings surroundings)
    implements Course {
  @Override
  public Optional<SchemaVersion> newest(TargetStore store) {
    return folder(store).migrations().stream()
        .map(SourceMigration::key)
        .filter(MigrationKey.Version.class::isInstance)
        .map(key -> ((MigrationKey.Version) key).version())
        .max(java.util.Comparator.naturalOrder());
  }

  @Override
  public List<String> way(TargetStore store, SchemaVersion to) {
    StorePlanning planning = new StorePlanning(folder(store), options(to));
    planning
        .problem()
        .ifPresent(problem -> {
          throw problem.exception();
        });
    return switch (planning.need(new StoreReading.Unmanaged(List.of(), true))) {
      case StoreNeed.Migrations(_, var migrations, _) ->
          migrations.stream().map(FolderCourse::name).toList();
      case StoreNeed.Refused(NeedProblem problem) -> throw problem.exception();
      case StoreNeed.UpToDate _,
          StoreNeed.Undoing _,
          StoreNeed.NotThere _,
          StoreNeed.Unreadable _ ->
          List.of();
    };
  }

  private static String name(SourceMigration migration) {
    return switch (migration.key()) {
      case MigrationKey.Version version -> version + " " + migration.description();
      case MigrationKey.Repeatable repeatable -> repeatable.toString();
    };
  }

  private MigrationSet folder(TargetStore store) {
    return folders.folder(Folders.setOf(store));
  }

  private static ApplyOptions options(SchemaVersion to) {
    return new ApplyOptions(Optional.of(to), OutOfOrder.REFUSED);
  }

  @Override
  public List<String> bring(TargetStore store, SchemaVersion to) {
    Listener listener = new Listener();
    FanoutRequest request = request(store, to);
    FanoutSummary summary =
        Fanout.run(request, Stores.making(targets.directory()), listener, surroundings.clock());
    if (summary.exit() != FanoutSummary.Exit.OK || listener.problem.isPresent()) {
      throw failure(summary, listener).exception();
    }
    List<String> names = new ArrayList<>();
    for (MigrationKey key : listener.ran) {
      names.add(
          folder(store).migrations().stream()
              .filter(m -> m.key().equals(key))
              .findFirst()
              .map(FolderCourse::name)
              .orElseGet(key::toString));
    }
    return names;
  }

  private static Problem failure(FanoutSummary summary, Listener listener) {
    Optional<Problem> first = listener.problem;
    return first
        .or(() -> summary.failures().stream().<Problem>map(f -> f.problem()).findFirst())
        .or(() -> summary.remarks().stream().findFirst())
        .orElseThrow(() -> new IllegalStateException("the run ended " + summary.ending()));
  }

  private FanoutRequest request(TargetStore store, SchemaVersion to) {
    List<SetJob> sets = new ArrayList<>();
    List<tranche.engine.fanout.Targets.Target> stores = new ArrayList<>();
    sets.add(
        new SetJob(
            Folders.setOf(store),
            store.isShared() ? Role.SHARED : Role.TENANT,
            List.of(),
            new Job.Apply(folder(store), options(to)),
            folders.searchPath()));
    stores.add(target(store));
    List<TargetStore> observed = store.isShared() ? List.of() : targets.observed();
    if (!observed.isEmpty()) {
      sets.add(
          new SetJob(
              Folders.SHARED, Role.SHARED, List.of(), new Job.Observe(), folders.searchPath()));
      observed.forEach(o -> stores.add(target(o)));
    }
    return new FanoutRequest(
        RunIds.next(surroundings.clock().instant()),
        surroundings.person(),
        sets,
        () -> new tranche.engine.fanout.Targets(stores, List.of()),
        id -> targets.directory().access(id).address().server().toString(),
        new ForEmptyStores(),
        Hooks.NONE,
        settings);
  }

  private static tranche.engine.fanout.Targets.Target target(TargetStore store) {
    return new tranche.engine.fanout.Targets.Target(
        store.store(), Folders.setOf(store), store.tenant());
  }

  /// Understands migrations for stores that nobody uses yet. Rules protect rows and a running
  /// release; here is neither, and what they find was decided when the other stores were changed.
  private static final class ForEmptyStores implements MigrationCompiler {
    private final Understanding understanding = new Understanding(java.util.Set.of());

    @Override
    public CompiledMigration migration(MigrationSet folder, SourceMigration migration) {
      CompiledMigration whole = understanding.migration(folder, migration);
      return new CompiledMigration(
          whole.source(),
          whole.phase(),
          whole.isTransactional(),
          whole.statements(),
          whole.undo(),
          whole.expectations(),
          whole.findings().stream().filter(f -> f.severity() != Severity.ERROR).toList());
    }

    @Override
    public Map<CallbackEvent, List<CompiledCallback>> callbacks(MigrationSet folder) {
      return understanding.callbacks(folder);
    }
  }

  /// Keeps what happened to the store.
  private static final class Listener implements FanoutListener {
    private final List<MigrationKey> ran = Collections.synchronizedList(new ArrayList<>());
    private volatile Optional<Problem> problem = Optional.empty();

    @Override
    public void planned(FanoutPlan plan) {
      // One store: nothing to show.
    }

    @Override
    public void progress(Snapshot snapshot) {
      // It is over before anybody could read it.
    }

    @Override
    public void ended(StoreId store, StoreEnd end) {
      switch (end) {
        case StoreEnd.Done(var keys, _) -> ran.addAll(keys);
        case StoreEnd.Failed(var keys, _, var failure) -> {
          ran.addAll(keys);
          problem = Optional.of(failure);
        }
        case StoreEnd.Interrupted(var failure) -> problem = Optional.of(failure);
        case StoreEnd.UpToDate _, StoreEnd.Blocked _, StoreEnd.NotThere _ -> {
          // Nothing ran; a failure of another kind is in the summary.
        }
      }
    }
  }

  @Override
  public String name() {
    return "folder " + surroundings.folder().relativize(path());
  }

  private java.nio.file.Path path() {
    return surroundings
        .folder()
        .resolve(folders.sets().getFirst().reading().set().folder())
        .toAbsolutePath();
  }
}
