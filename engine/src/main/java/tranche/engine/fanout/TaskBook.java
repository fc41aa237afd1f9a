package tranche.engine.fanout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import tranche.core.fanout.Exposure;
import tranche.core.fanout.StoreNeed;
import tranche.core.fanout.StoreTask;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledSet.CompiledCallback;
import tranche.core.migration.Finding;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.engine.fanout.Exposures.Needing;
import tranche.engine.fanout.SetJob.Job;
import tranche.engine.fanout.Targets.Target;

/// Turns needs into tasks: understands each migration once, whatever the number of stores, and
/// refuses those that are unsafe for stores that may be in use. Also knows what a connection is
/// opened with, per set.
final class TaskBook {
  private final FanoutRequest request;
  private final Exposures exposures;
  private final Map<String, SetJob> sets;
  private final IdentityHashMap<StoreNeed, StoreTask> tasks = new IdentityHashMap<>();
  private final IdentityHashMap<SourceMigration, CompiledMigration> compiled =
      new IdentityHashMap<>();
  private final Map<String, Set<SourceMigration>> admitted = new HashMap<>();
  private final Map<String, Map<CallbackEvent, List<CompiledCallback>>> callbacks = new HashMap<>();
  private final Map<String, RunContext> contexts = new HashMap<>();

  TaskBook(FanoutRequest request, Exposures exposures) {
    this.request = request;
    this.exposures = exposures;
    this.sets = request.sets().stream().collect(Collectors.toMap(SetJob::name, s -> s));
  }

  /// The task for that need of a store of that set.
  ///
  /// @throws tranche.core.problem.ProblemException if a migration is not understood or not safe
  synchronized StoreTask task(String set, StoreNeed need) {
    StoreTask known = tasks.get(need);
    if (known != null) {
      return known;
    }
    StoreTask task =
        switch (need) {
          case StoreNeed.Migrations(var before, var migrations, _) ->
              new StoreTask.Apply(before, migrations.stream().map(m -> compiled(set, m)).toList());
          case StoreNeed.Undoing(var before, var migrations, _) ->
              new StoreTask.Revert(before, migrations);
          case StoreNeed.UpToDate _,
              StoreNeed.Refused _,
              StoreNeed.NotThere _,
              StoreNeed.Unreadable _ ->
              throw new IllegalArgumentException("nothing to do for " + need);
        };
    tasks.put(need, task);
    return task;
  }

  /// Finds out what these stores may get. An error of a migration that other stores have already,
  /// or that only empty stores need, hurts nobody; what was let through once stays so for the run.
  ///
  /// @throws tranche.core.problem.ProblemException [FanoutProblem.MigrationUnsafe] if one may not
  ///   run; or a migration is not understood
  synchronized void admit(List<Work> works) {
    Map<String, IdentityHashMap<StoreNeed.Migrations, List<StoreId>>> bySet = new LinkedHashMap<>();
    for (Work work : works) {
      if (work.need() instanceof StoreNeed.Migrations need) {
        bySet
            .computeIfAbsent(work.target().set(), _ -> new IdentityHashMap<>())
            .computeIfAbsent(need, _ -> new ArrayList<>())
            .add(work.store());
      }
    }
    bySet.forEach(this::admit);
  }

  private void admit(String set, IdentityHashMap<StoreNeed.Migrations, List<StoreId>> needs) {
    MigrationSet folder = folder(set);
    Set<SourceMigration> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<SourceMigration> already = admitted(set);
    needs.keySet().forEach(need -> needed.addAll(need.migrations()));
    List<SourceMigration> unsafe =
        folder.migrations().stream()
            .filter(m -> needed.contains(m) && !already.contains(m))
            .filter(m -> !errors(understood(folder, m)).isEmpty())
            .toList();
    if (unsafe.isEmpty()) {
      return;
    }
    List<Needing> needing = new ArrayList<>();
    needs.forEach((need, stores) -> needing.add(new Needing(need, stores)));
    Map<SourceMigration, Exposure> found = exposures.of(set, unsafe, needing);
    for (SourceMigration migration : unsafe) {
      Exposure exposure = Objects.requireNonNull(found.get(migration));
      List<Finding> standing =
          errors(understood(folder, migration)).stream()
              .filter(error -> !exposure.eases(error))
              .toList();
      if (!standing.isEmpty()) {
        throw new FanoutProblem.MigrationUnsafe(standing).exception();
      }
      already.add(migration);
    }
  }

  private Set<SourceMigration> admitted(String set) {
    return admitted.computeIfAbsent(set, _ -> Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private CompiledMigration compiled(String set, SourceMigration migration) {
    CompiledMigration result = understood(folder(set), migration);
    List<Finding> errors = errors(result);
    if (!errors.isEmpty() && !admitted(set).contains(migration)) {
      throw new FanoutProblem.MigrationUnsafe(errors).exception();
    }
    return result;
  }

  private CompiledMigration understood(MigrationSet folder, SourceMigration migration) {
    return compiled.computeIfAbsent(migration, m -> request.compiler().migration(folder, m));
  }

  private static List<Finding> errors(CompiledMigration migration) {
    return migration.findings().stream()
        .filter(f -> f.severity() == Finding.Severity.ERROR)
        .toList();
  }

  private MigrationSet folder(String set) {
    if (job(set).job() instanceof Job.Apply(MigrationSet folder, _)) {
      return folder;
    }
    throw new IllegalArgumentException("set " + set + " applies no folder");
  }

  private SetJob job(String set) {
    SetJob job = sets.get(set);
    if (job == null) {
      throw new IllegalArgumentException("no set " + set);
    }
    return job;
  }

  /// The tenants of a round; what connections are opened with follows from them.
  synchronized void round(List<Target> targets) {
    contexts.clear();
    Map<String, List<Target>> bySet = targets.stream().collect(Collectors.groupingBy(Target::set));
    bySet.forEach((set, members) -> contexts.put(set, context(set, members)));
  }

  private RunContext context(String set, List<Target> members) {
    SetJob job = job(set);
    return new RunContext(
        request.run(),
        request.person(),
        request.settings().limits(),
        job.searchPath(),
        callbacks(job),
        members.stream()
            .filter(t -> t.tenant().isPresent())
            .collect(Collectors.toMap(Target::store, t -> t.tenant().orElseThrow())),
        request.hooks());
  }

  private Map<CallbackEvent, List<CompiledCallback>> callbacks(SetJob set) {
    return callbacks.computeIfAbsent(
        set.name(),
        _ ->
            switch (set.job()) {
              case Job.Apply(MigrationSet folder, _) when !folder.callbacks().isEmpty() ->
                  request.compiler().callbacks(folder);
              case Job.Apply _, Job.Revert _, Job.Observe _ -> Map.of();
            });
  }

  /// What a connection for stores of that set is opened with.
  synchronized RunContext context(String set) {
    RunContext context = contexts.get(set);
    if (context == null) {
      throw new IllegalStateException("set " + set + " has no stores in this round");
    }
    return context;
  }
}
