package tranche.app.schema;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tranche.app.cli.Surroundings;
import tranche.app.schema.selection.TargetOptions;
import tranche.app.schema.selection.TargetSearch;
import tranche.app.schema.selection.TargetStore;
import tranche.app.schema.selection.Targets;
import tranche.core.fanout.StoreSet.Role;
import tranche.core.fleet.DatabaseId;
import tranche.engine.fanout.FanoutRequest;
import tranche.engine.fanout.FanoutSettings;
import tranche.engine.fanout.Hooks;
import tranche.engine.fanout.MigrationCompiler;
import tranche.engine.fanout.SetJob;
import tranche.engine.fanout.SetJob.Job;

/// Makes the request for a run.
final class Requests {
  private final TargetOptions options;
  private final Surroundings surroundings;
  private final Targets targets;

  Requests(TargetOptions options, Surroundings surroundings, Targets targets) {
    this.options = options;
    this.surroundings = surroundings;
    this.targets = targets;
  }

  /// A run that does this job to each set.
  ///
  /// @param searchPath further schemas that unqualified names may come from
  /// @param jobs by the name of the set
  FanoutRequest request(
      List<String> searchPath,
      Function<String, Job> jobs,
      MigrationCompiler compiler,
      Hooks hooks,
      FanoutSettings settings) {
    return new FanoutRequest(
        RunIds.next(surroundings.clock().instant()),
        surroundings.person(),
        sets(searchPath, jobs),
        new Source(),
        servers(),
        compiler,
        hooks,
        settings);
  }

  private List<SetJob> sets(List<String> searchPath, Function<String, Job> jobs) {
    Set<String> names = new LinkedHashSet<>();
    List<SetJob> sets = new ArrayList<>();
    for (TargetStore store : targets.stores()) {
      String name = Folders.setOf(store);
      if (names.add(name)) {
        sets.add(new SetJob(name, role(store), List.of(), jobs.apply(name), searchPath));
      }
    }
    for (TargetStore store : targets.observed()) {
      String name = Folders.setOf(store);
      if (names.add(name)) {
        sets.add(new SetJob(name, role(store), List.of(), new Job.Observe(), searchPath));
      }
    }
    return sets;
  }

  private static Role role(TargetStore store) {
    return store.isShared() ? Role.SHARED : Role.TENANT;
  }

  private Function<DatabaseId, String> servers() {
    Map<DatabaseId, String> known = new ConcurrentHashMap<>();
    return id ->
        known.computeIfAbsent(id, d -> targets.directory().access(d).address().server().toString());
  }

  /// The stores as they were found already, then as they are when they are asked for again.
  private final class Source implements tranche.engine.fanout.Targets.Source {
    private Optional<Targets> first = Optional.of(targets);

    @Override
    public synchronized tranche.engine.fanout.Targets current() {
      Targets now = first.orElseGet(() -> TargetSearch.find(options, surroundings));
      first = Optional.empty();
      List<tranche.engine.fanout.Targets.Target> stores = new ArrayList<>();
      now.stores().forEach(s -> stores.add(target(s)));
      now.observed().forEach(s -> stores.add(target(s)));
      return new tranche.engine.fanout.Targets(
          stores,
          now.leftOut().stream()
              .map(l -> new tranche.engine.fanout.Targets.LeftOut(l.who(), l.reason()))
              .toList());
    }

    private static tranche.engine.fanout.Targets.Target target(TargetStore store) {
      return new tranche.engine.fanout.Targets.Target(
          store.store(), Folders.setOf(store), store.tenant());
    }
  }
}
