package tranche.postgres.fanout;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tranche.core.fanout.StoreReading;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.StoreHistory;
import tranche.core.migration.StoreHistory.Halfway;
import tranche.core.problem.ProblemException;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.DatabaseDirectory;
import tranche.postgres.database.Unreachable;

/// Reads where many stores of one database stand.
///
/// One small row per store; the rows of a history only once for each fingerprint that has not been
/// seen yet, from any store that has it. Both in one transaction with one snapshot, so that the
/// history is the one that the fingerprint was read with.
final class StoreReader {
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final int STORES_PER_STATEMENT = 500;
  private static final int EMPTY_PER_STATEMENT = 5_000;

  private final DatabaseId database;
  private final List<String> targets;
  private final Map<Long, List<AppliedMigration>> histories = new HashMap<>();
  private final Map<List<Object>, StoreHistory> shared = new HashMap<>();
  private final Map<StoreId, StoreReading> readings = new HashMap<>();
  private final List<String> unmanaged = new ArrayList<>();

  StoreReader(DatabaseId database, Collection<StoreId> stores) {
    this.database = database;
    TreeSet<String> names = new TreeSet<>();
    stores.forEach(store -> names.add(store.schema()));
    this.targets = List.copyOf(names);
  }

  Map<StoreId, StoreReading> read(DatabaseDirectory directory, Sessions sessions) {
    try {
      DatabaseAccess access = directory.access(database);
      try {
        Session session = sessions.open(access, SILENCE, "tranche");
        try {
          read(session);
        } finally {
          sessions.keep(access, session);
        }
      } catch (SQLException e) {
        throw ConnectProblems.of(access, e);
      }
    } catch (ProblemException e) {
      StoreReading reading =
          Unreachable.isMissingDatabase(e)
              ? new StoreReading.NotThere()
              : new StoreReading.Unreadable(e.problem());
      targets.forEach(target -> readings.putIfAbsent(store(target), reading));
    }
    return readings;
  }

  private StoreId store(String target) {
    return new StoreId(database, target);
  }

  /// Cuts a list.
  static List<List<String>> portions(List<String> all, int size) {
    List<List<String>> portions = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      portions.add(all.subList(from, Math.min(from + size, all.size())));
    }
    return portions;
  }

  private void read(Session session) throws SQLException {
    Layouts layout = Layouts.of(session, database);
    for (List<String> portion : portions(targets, STORES_PER_STATEMENT)) {
      List<Session.Row> rows = begin(session, layout.stores(portion));
      Map<Long, String> unknown = new HashMap<>();
      rows.stream()
          .filter(row -> row.textOrNull(2) != null && !histories.containsKey(row.number(2)))
          .forEach(row -> unknown.putIfAbsent(row.number(2), row.text(0)));
      if (!unknown.isEmpty()) {
        histories(session, layout, unknown);
      }
      List<Session.Row> _ = session.rows("COMMIT");
      rows.forEach(this::add);
    }
    for (List<String> portion : portions(unmanaged, EMPTY_PER_STATEMENT)) {
      UnmanagedReader.read(session, portion)
          .forEach((target, reading) -> readings.put(store(target), reading));
    }
  }

  private static List<Session.Row> begin(Session session, String sql) throws SQLException {
    return session.rows("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;" + sql);
  }

  private void histories(Session session, Layouts layout, Map<Long, String> unknown)
      throws SQLException {
    Map<String, List<AppliedMigration>> byTarget = new HashMap<>();
    for (Session.Row row : session.rows(layout.histories(List.copyOf(unknown.values())))) {
      byTarget
          .computeIfAbsent(row.text(0), _ -> new ArrayList<>())
          .add(new AppliedMigration(MigrationKey.parse(row.text(1)), row.text(2), row.isTrue(3)));
    }
    unknown.forEach((fingerprint, target) ->
        histories.put(fingerprint, byTarget.getOrDefault(target, List.of())));
  }

  /// Columns: name, is there, fingerprint or null, kind, failure, and of a script that is halfway
  /// key, checksum, done, total.
  private void add(Session.Row row) {
    String target = row.text(0);
    if (!row.isTrue(1)) {
      readings.put(store(target), new StoreReading.NotThere());
    } else if (row.textOrNull(2) == null) {
      unmanaged.add(target);
    } else {
      readings.put(
          store(target),
          new StoreReading.Managed(history(row), Optional.ofNullable(row.textOrNull(4))));
    }
  }

  private StoreHistory history(Session.Row row) {
    HistoryKind kind = HistoryKind.valueOf(row.text(3).toUpperCase(Locale.ROOT).replace('-', '_'));
    long fingerprint = row.number(2);
    Optional<Halfway> halfway = halfway(row);
    return shared.computeIfAbsent(
        List.of(kind, fingerprint, halfway),
        _ ->
            new StoreHistory(
                kind, fingerprint, histories.getOrDefault(fingerprint, List.of()), halfway));
  }

  private static Optional<Halfway> halfway(Session.Row row) {
    @Nullable String key = row.textOrNull(5);
    return key == null
        ? Optional.empty()
        : Optional.of(
            new Halfway(
                MigrationKey.parse(key),
                row.text(6),
                Math.toIntExact(row.number(7)),
                Math.toIntExact(row.number(8))));
  }
}
