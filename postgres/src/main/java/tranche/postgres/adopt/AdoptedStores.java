package tranche.postgres.adopt;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import tranche.core.adopt.AdoptionDecision;
import tranche.core.fanout.KeptUndo;
import tranche.core.fanout.StoreReading;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.StoreHistory;
import tranche.core.problem.ProblemException;
import tranche.engine.fanout.RunContext;
import tranche.engine.fanout.RunId;
import tranche.engine.fanout.ServerRoom;
import tranche.engine.fanout.StoreAccess;
import tranche.engine.fanout.StoreConnection;
import tranche.postgres.database.DatabaseDirectory;
import tranche.postgres.fanout.Fingerprint;
import tranche.postgres.fanout.HistoryTakeover;
import tranche.postgres.fanout.Takeover;

/// Reads adopted stores as they are now, also if the tool that they were adopted from has run
/// something since. For a run that changes stores, what it ran is written into our own history
/// first; otherwise it is only shown.
public final class AdoptedStores implements StoreAccess {
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final StoreAccess stores;
  private final DatabaseDirectory directory;
  private final Function<StoreId, Optional<Adopter>> adopters;
  private final Optional<RunContext> writing;

  /// @param stores reads and changes the stores
  /// @param adopters who understands the other tool's history of a store, by its folder
  /// @param writing for whom news are written down; empty to show them only
  public AdoptedStores(
      StoreAccess stores,
      DatabaseDirectory directory,
      Function<StoreId, Optional<Adopter>> adopters,
      Optional<RunContext> writing) {
    this.stores = stores;
    this.directory = directory;
    this.adopters = adopters;
    this.writing = writing;
  }

  @Override
  public Map<StoreId, StoreReading> read(DatabaseId database, Collection<StoreId> ids) {
    Map<StoreId, StoreReading> readings = new HashMap<>(stores.read(database, ids));
    byKind(readings).forEach((kind, adopted) -> refresh(database, kind, adopted, readings));
    return readings;
  }

  private static Map<HistoryKind, Set<StoreId>> byKind(Map<StoreId, StoreReading> readings) {
    Map<HistoryKind, Set<StoreId>> kinds = new EnumMap<>(HistoryKind.class);
    readings.forEach((id, reading) -> {
      if (reading instanceof StoreReading.Managed(StoreHistory history, _)
          && Marks.isKept(history.kind())) {
        kinds.computeIfAbsent(history.kind(), _ -> new TreeSet<>()).add(id);
      }
    });
    return kinds;
  }

  private void refresh(
      DatabaseId database,
      HistoryKind kind,
      Collection<StoreId> adopted,
      Map<StoreId, StoreReading> readings) {
    Map<Adopter, Set<StoreId>> byAdopter = new HashMap<>();
    for (StoreId id : adopted) {
      adopters.apply(id).ifPresent(a -> byAdopter.computeIfAbsent(a, _ -> new TreeSet<>()).add(id));
    }
    byAdopter.forEach((adopter, ids) -> {
      try {
        List<StoreId> moved = adopter.moved(database, kind, ids);
        if (!moved.isEmpty()) {
          news(adopter, adopter.examine(database, kind, moved), readings);
        }
      } catch (ProblemException e) {
        ids.forEach(id -> readings.put(id, new StoreReading.Unreadable(e.problem())));
      }
    });
  }

  private void news(
      Adopter adopter, Map<StoreId, Adopter.Found> found, Map<StoreId, StoreReading> readings) {
    Map<DatabaseId, HistoryTakeover> open = new HashMap<>();
    try {
      found.forEach((id, f) ->
          readings.computeIfPresent(id, (_, reading) -> reading(adopter, id, f, reading, open)));
    } finally {
      open.values().forEach(HistoryTakeover::close);
    }
  }

  private StoreReading reading(
      Adopter adopter,
      StoreId id,
      Adopter.Found found,
      StoreReading reading,
      Map<DatabaseId, HistoryTakeover> open) {
    if (!(reading instanceof StoreReading.Managed(StoreHistory before, Optional<String> failure))) {
      return reading;
    }
    return switch (found.decision()) {
      case AdoptionDecision.Refuse(List<String> reasons) ->
          new StoreReading.Unreadable(
              new AdoptProblem.ForeignHistoryDiffers(id, found.kind().word(), reasons));
      case AdoptionDecision.Adopt adopt -> {
        Takeover takeover = adopter.takeover(id, before, adopt, found.mark());
        // If somebody is at it this moment, changing the store will find that it has moved, and
        // then
        // it is read again.
        yield isKnown(id, takeover, open) ? managed(takeover, failure) : reading;
      }
    };
  }

  /// Writes down what the other tool has run, if this is a run that writes.
  private boolean isKnown(StoreId id, Takeover takeover, Map<DatabaseId, HistoryTakeover> open) {
    if (writing.isEmpty()) {
      return true;
    }
    HistoryTakeover history = open.computeIfAbsent(id.database(), d -> takeover(d, writing.get()));
    return history.take(id, takeover) == Takeover.Outcome.TAKEN;
  }

  private static StoreReading managed(Takeover takeover, Optional<String> failure) {
    var rows = takeover.rows().stream().map(Takeover.Row::applied).toList();
    return new StoreReading.Managed(
        new StoreHistory(takeover.kind(), Fingerprint.of(rows), rows, takeover.before().halfway()),
        failure);
  }

  private HistoryTakeover takeover(DatabaseId database, RunContext context) {
    stores.lease(database, context.run(), LEASE);
    return HistoryTakeover.open(directory.access(database), context);
  }

  @Override
  public Set<StoreId> empty(DatabaseId database, Collection<StoreId> ids) {
    return stores.empty(database, ids);
  }

  @Override
  public Map<StoreId, List<KeptUndo>> undos(DatabaseId database, Collection<StoreId> ids) {
    return stores.undos(database, ids);
  }

  @Override
  public void lease(DatabaseId database, RunId run, Duration lifetime) {
    stores.lease(database, run, lifetime);
  }

  @Override
  public void release(DatabaseId database, RunId run) {
    stores.release(database, run);
  }

  @Override
  public ServerRoom room(DatabaseId database) {
    return stores.room(database);
  }

  @Override
  public StoreConnection connect(DatabaseId database, RunContext context) {
    return stores.connect(database, context);
  }

  @Override
  public void disconnect() {
    stores.disconnect();
  }
}
