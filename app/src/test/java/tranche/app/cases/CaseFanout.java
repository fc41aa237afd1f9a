package tranche.app.cases;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tranche.config.migration.FolderReading;
import tranche.core.adopt.AdoptionDecision;
import tranche.core.adopt.AdoptionRules;
import tranche.core.fanout.ParallelBounds;
import tranche.core.fanout.StoreReading;
import tranche.core.fanout.StoreSet.Role;
import tranche.core.fleet.StoreId;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.StoreHistory;
import tranche.core.problem.ProblemException;
import tranche.engine.fanout.Fanout;
import tranche.engine.fanout.FanoutListener;
import tranche.engine.fanout.FanoutPlan;
import tranche.engine.fanout.FanoutRequest;
import tranche.engine.fanout.FanoutSettings;
import tranche.engine.fanout.FanoutSummary;
import tranche.engine.fanout.Hooks;
import tranche.engine.fanout.RunContext;
import tranche.engine.fanout.RunId;
import tranche.engine.fanout.SetJob;
import tranche.engine.fanout.SetJob.Job;
import tranche.engine.fanout.Snapshot;
import tranche.engine.fanout.StoreEnd;
import tranche.engine.fanout.Targets;
import tranche.engine.fanout.Targets.Target;
import tranche.postgres.adopt.Adopter;
import tranche.postgres.adopt.ForeignTables;
import tranche.postgres.fanout.HistoryTakeover;

/// Runs over the stores of a case, as the command would.
final class CaseFanout {
  private static final AtomicInteger RUNS = new AtomicInteger(10_000_000);
  private static final String TENANTS = "tenants";

  /// The store of this name has a folder of its own if there is one called `shared`.
  private static final String SHARED = "shared";

  private final CaseFolder folder;
  private final CaseDatabase database;

  CaseFanout(CaseFolder folder, CaseDatabase database) {
    this.folder = folder;
    this.database = database;
  }

  /// How it ended for each store.
  private static final class Ends implements FanoutListener {
    final Map<String, StoreEnd> ends = new ConcurrentHashMap<>();

    @Override
    public void planned(FanoutPlan plan) {}

    @Override
    public void progress(Snapshot snapshot) {}

    @Override
    public void ended(StoreId store, StoreEnd end) {
      ends.put(store.schema(), end);
    }
  }

  private record Ended(FanoutSummary summary, Map<String, StoreEnd> ends) {}

  String apply(CaseStep step) {
    FolderReading reading = folder.migrations(step.folder());
    return notes(reading) + text(run(step, sets(step, reading.set())));
  }

  String revert(CaseStep step) {
    return text(
        run(step, List.of(set(TENANTS, Role.TENANT, new Job.Revert(step.revertOptions())))));
  }

  private static String notes(FolderReading reading) {
    return reading.notes().stream().map(n -> "  note: " + n + "\n").collect(Collectors.joining());
  }

  private List<SetJob> sets(CaseStep step, MigrationSet migrations) {
    List<SetJob> sets = new ArrayList<>();
    if (folder.has(SHARED)) {
      MigrationSet shared = folder.migrations(SHARED).set();
      sets.add(set(SHARED, Role.SHARED, new Job.Apply(shared, step.applyOptions())));
    }
    sets.add(set(TENANTS, Role.TENANT, new Job.Apply(migrations, step.applyOptions())));
    return sets;
  }

  private static SetJob set(String name, Role role, Job job) {
    return new SetJob(name, role, List.of(), job, List.of());
  }

  private Ended run(CaseStep step, List<SetJob> sets) {
    var settings =
        FanoutSettings.ORDINARY
            .withLimits(folder.limits())
            .withOnError(step.onError())
            .withParallel(
                ParallelBounds.fixed(step.parallel(), Duration.ofSeconds(10)), step.parallel() + 1);
    Ends ends = new Ends();
    var request =
        new FanoutRequest(
            freshRun(),
            "nina",
            sets,
            this::targets,
            _ -> "server",
            new CaseCompiler(step.allowed()),
            Hooks.NONE,
            settings);
    var summary = Fanout.run(request, database.access, ends, InstantSource.system());
    return new Ended(summary, ends.ends);
  }

  private static RunId freshRun() {
    return new RunId("s-case" + RUNS.incrementAndGet());
  }

  private Targets targets() {
    return new Targets(
        Stream.concat(folder.stores().stream(), folder.missing().stream())
            .map(name -> new Target(database.store(name), set(name), Optional.of(name)))
            .toList(),
        List.of());
  }

  private String set(String store) {
    return store.equals(SHARED) && folder.has(SHARED) ? SHARED : TENANTS;
  }

  private String text(Ended ended) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    targets().targets().stream()
        .map(target -> target.store().schema())
        .forEach(name ->
            lines.put(
                name,
                Optional.ofNullable(ended.ends().get(name))
                    .map(CaseFanout::text)
                    .orElse(List.of("not begun"))));
    StringBuilder text = new StringBuilder();
    text.append("  ").append(CaseRun.words(ended.summary().exit())).append(", ");
    text.append(CaseRun.words(ended.summary().ending())).append('\n');
    ended.summary().remarks().forEach(r -> text.append("  remark: ").append(CaseRun.text(r)));
    return text + CaseView.grouped(lines);
  }

  private static List<String> text(StoreEnd end) {
    return switch (end) {
      case StoreEnd.UpToDate(var version, _) -> List.of("up to date at " + version);
      case StoreEnd.Done(var ran, _) -> List.of("done: " + keys(ran));
      case StoreEnd.Failed(var ran, var at, var problem) ->
          List.of(
              "failed"
                  + at.map(key -> " at " + key).orElse("")
                  + (ran.isEmpty() ? "" : " after " + keys(ran)),
              CaseRun.text(problem));
      case StoreEnd.Interrupted(var problem) -> List.of("interrupted", CaseRun.text(problem));
      case StoreEnd.Blocked(var blocker) -> List.of("blocked: it " + blocker);
      case StoreEnd.NotThere _ -> List.of("not there");
    };
  }

  private static String keys(List<MigrationKey> keys) {
    return keys.isEmpty()
        ? "nothing"
        : keys.stream().map(MigrationKey::text).collect(Collectors.joining(", "));
  }

  /// Two runs at one time. Which of them does what is chance; together they do all of it once.
  String twice(CaseStep step) throws InterruptedException {
    MigrationSet migrations = folder.migrations(step.folder()).set();
    List<Ended> both = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                Ended ended = run(step, sets(step, migrations));
                synchronized (both) {
                  both.add(ended);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    synchronized (both) {
      return together(both);
    }
  }

  private String together(List<Ended> both) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (String store : folder.stores()) {
      List<String> others =
          both.stream()
              .map(ended -> ended.ends().get(store))
              .filter(end -> !(end instanceof StoreEnd.Done || end instanceof StoreEnd.UpToDate))
              .map(end -> end == null ? "not begun" : String.join(" ", text(end)))
              .toList();
      lines.put(store, others.isEmpty() ? List.of("there with both") : others);
    }
    String exits =
        both.stream()
            .map(e -> CaseRun.words(e.summary().exit()))
            .sorted()
            .collect(Collectors.joining(" and "));
    return "  " + exits + "\n" + CaseView.grouped(lines);
  }

  /// Takes over the histories of another tool.
  String adopt(CaseStep step) throws SQLException {
    HistoryKind kind =
        Stream.of(HistoryKind.values())
            .filter(k -> k.word().equals(step.argument()))
            .findFirst()
            .orElseThrow();
    MigrationSet migrations = folder.migrations(step.folder()).set();
    var compiler = new CaseCompiler(step.allowed());
    var adopter =
        new Adopter(
            database.directory(),
            ForeignTables.ORDINARY,
            migrations,
            AdoptionRules.NONE,
            source -> Optional.of(compiler.migration(migrations, source)));
    List<StoreId> stores = folder.stores().stream().map(database::store).toList();
    Map<StoreId, Adopter.Found> found = adopter.examine(database.address.id(), kind, stores);
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (StoreId store : stores) {
      lines.put(
          store.schema(),
          found.containsKey(store)
              ? take(adopter, store, found.get(store))
              : List.of("has no such history"));
    }
    return CaseView.grouped(lines);
  }

  private List<String> take(Adopter adopter, StoreId store, Adopter.Found found) {
    return switch (found.decision()) {
      case AdoptionDecision.Refuse(var reasons) -> {
        List<String> lines = new ArrayList<>(List.of("refused"));
        lines.addAll(reasons);
        yield lines;
      }
      case AdoptionDecision.Adopt adopt -> take(adopter, store, found, adopt);
    };
  }

  private List<String> take(
      Adopter adopter, StoreId store, Adopter.Found found, AdoptionDecision.Adopt adopt) {
    RunId run = freshRun();
    database.access.lease(store.database(), run, Duration.ofMinutes(1));
    var context =
        new RunContext(run, "nina", folder.limits(), List.of(), Map.of(), Map.of(), Hooks.NONE);
    try (var takeover = HistoryTakeover.open(database.address, context)) {
      var outcome =
          takeover.take(store, adopter.takeover(store, history(store), adopt, found.mark()));
      List<String> lines = new ArrayList<>(List.of(CaseRun.words(outcome)));
      lines.addAll(adopt.notes());
      return lines;
    } catch (ProblemException e) {
      return List.of("refused", CaseRun.text(e.problem()));
    } finally {
      database.access.release(store.database(), run);
    }
  }

  private StoreHistory history(StoreId store) {
    return database.access.read(store.database(), List.of(store)).get(store)
            instanceof StoreReading.Managed(var history, _)
        ? history
        : new StoreHistory(HistoryKind.TRANCHE, 0, List.of(), Optional.empty());
  }
}
