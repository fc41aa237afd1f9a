package tranche.engine.fanout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import tranche.core.fanout.FleetPast;
import tranche.core.fanout.KeptUndo;
import tranche.core.fanout.RevertPlanning;
import tranche.core.fanout.StoreNeed;
import tranche.core.fanout.StorePlanning;
import tranche.core.fanout.StoreReading;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.problem.ProblemException;
import tranche.core.release.SchemaVersion;
import tranche.engine.fanout.SetJob.Job;
import tranche.engine.fanout.Targets.Target;

/// Reads the state of stores, many per statement, and says what each needs. Databases are read side
/// by side, a few per server; a store's reading is gone as soon as its need is known.
final class StoreReader {
  private static final int READERS_PER_SERVER = 4;
  private static final int STORES_PER_CALL = 5_000;

  private final FanoutRequest request;
  private final StoreAccess access;
  private final Map<String, SetPlanning> plannings = new HashMap<>();
  private final FleetPast past = new FleetPast();

  /// How a set's stores are planned.
  private sealed interface SetPlanning {
    record Applying(StorePlanning planning) implements SetPlanning {}

    record Reverting(RevertPlanning planning) implements SetPlanning {}

    record Observing() implements SetPlanning {}
  }

  StoreReader(FanoutRequest request, StoreAccess access) {
    this.request = request;
    this.access = access;
    for (SetJob set : request.sets()) {
      plannings.put(set.name(), planning(set.job()));
    }
  }

  private static SetPlanning planning(Job job) {
    return switch (job) {
      case Job.Apply(var folder, var options) -> {
        StorePlanning planning = new StorePlanning(folder, options);
        planning
            .problem()
            .ifPresent(problem -> {
              throw problem.exception();
            });
        yield new SetPlanning.Applying(planning);
      }
      case Job.Revert(var options) -> new SetPlanning.Reverting(new RevertPlanning(options));
      case Job.Observe() -> new SetPlanning.Observing();
    };
  }

  /// What the stores that were read have behind them.
  FleetPast past() {
    return past;
  }

  /// Hands the need of each store to the sink, from several threads at once.
  void read(List<Target> targets, BiConsumer<Target, StoreNeed> sink) throws InterruptedException {
    Map<String, Queue<List<Target>>> servers = new LinkedHashMap<>();
    byDatabase(targets)
        .forEach((database, stores) ->
            servers
                .computeIfAbsent(
                    request.servers().apply(database), _ -> new ConcurrentLinkedQueue<>())
                .addAll(chunks(stores)));
    if (servers.size() == 1 && servers.values().iterator().next().size() == 1) {
      readChunk(targets, sink);
      return;
    }
    readSideBySide(servers.values(), sink);
  }

  private static Map<DatabaseId, List<Target>> byDatabase(List<Target> targets) {
    Map<DatabaseId, List<Target>> databases = new LinkedHashMap<>();
    targets.forEach(
        t -> databases.computeIfAbsent(t.store().database(), _ -> new ArrayList<>()).add(t));
    return databases;
  }

  private static List<List<Target>> chunks(List<Target> stores) {
    List<List<Target>> chunks = new ArrayList<>();
    for (int from = 0; from < stores.size(); from += STORES_PER_CALL) {
      chunks.add(stores.subList(from, Math.min(stores.size(), from + STORES_PER_CALL)));
    }
    return chunks;
  }

  private void readSideBySide(
      Iterable<Queue<List<Target>>> servers, BiConsumer<Target, StoreNeed> sink)
      throws InterruptedException {
    int most = Math.min(READERS_PER_SERVER, request.settings().serverConnections() - 1);
    Queue<Future<?>> readers = new ArrayDeque<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Queue<List<Target>> chunks : servers) {
        for (int i = 0; i < Math.min(most, chunks.size()); i++) {
          readers.add(threads.submit(() -> drain(chunks, sink)));
        }
      }
      for (Future<?> reader : readers) {
        await(reader);
      }
    }
  }

  private void drain(Queue<List<Target>> chunks, BiConsumer<Target, StoreNeed> sink) {
    for (List<Target> chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
      readChunk(chunk, sink);
    }
  }

  private static void await(Future<?> reader) throws InterruptedException {
    try {
      reader.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("reading stores ended with an error", e.getCause());
    }
  }

  private void readChunk(List<Target> targets, BiConsumer<Target, StoreNeed> sink) {
    DatabaseId database = targets.getFirst().store().database();
    Map<StoreId, StoreReading> readings =
        access.read(database, targets.stream().map(Target::store).toList());
    Kept kept = kept(database, targets, readings);
    for (Target target : targets) {
      StoreReading reading = readings.get(target.store());
      if (reading == null) {
        throw new IllegalStateException("no reading of " + target.store());
      }
      past.add(target.set(), target.store(), reading);
      sink.accept(target, need(target, reading, kept));
    }
  }

  /// What one store needs now.
  StoreNeed again(Target target) {
    StoreId store = target.store();
    StoreReading reading = access.read(store.database(), List.of(store)).get(store);
    if (reading == null) {
      throw new IllegalStateException("no reading of " + store);
    }
    Map<StoreId, StoreReading> readings = Map.of(store, reading);
    return need(target, reading, kept(store.database(), List.of(target), readings));
  }

  /// What histories keep to undo, or why that could not be read.
  private sealed interface Kept {
    record Undos(Map<StoreId, List<KeptUndo>> undos) implements Kept {}

    record Failed(StoreNeed.Unreadable need) implements Kept {}
  }

  private Kept kept(
      DatabaseId database, List<Target> targets, Map<StoreId, StoreReading> readings) {
    List<StoreId> reverting =
        targets.stream()
            .filter(t -> plannings.get(t.set()) instanceof SetPlanning.Reverting)
            .map(Target::store)
            .filter(s -> readings.get(s) instanceof StoreReading.Managed)
            .toList();
    if (reverting.isEmpty()) {
      return new Kept.Undos(Map.of());
    }
    try {
      return new Kept.Undos(access.undos(database, reverting));
    } catch (ProblemException e) {
      return new Kept.Failed(new StoreNeed.Unreadable(e.problem()));
    }
  }

  private StoreNeed need(Target target, StoreReading reading, Kept kept) {
    SetPlanning set = plannings.get(target.set());
    if (set == null) {
      throw new IllegalArgumentException(
          "no set " + target.set() + ", which has " + target.store());
    }
    return switch (set) {
      case SetPlanning.Applying(var planning) -> planning.need(reading);
      case SetPlanning.Observing _ -> observed(reading);
      case SetPlanning.Reverting(var planning) ->
          switch (kept) {
            case Kept.Failed(var unreadable) -> unreadable;
            case Kept.Undos(var undos) ->
                planning.need(reading, undos.getOrDefault(target.store(), List.of()));
          };
    };
  }

  private static StoreNeed observed(StoreReading reading) {
    return switch (reading) {
      case StoreReading.Managed(var history, _) ->
          new StoreNeed.UpToDate(Versions.of(history), false);
      case StoreReading.Unmanaged _ -> new StoreNeed.UpToDate(SchemaVersion.NONE, false);
      case StoreReading.NotThere _ -> new StoreNeed.NotThere();
      case StoreReading.Unreadable(var problem) -> new StoreNeed.Unreadable(problem);
    };
  }
}
