package tranche.postgres.structure;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.StorePlaceholder;
import tranche.core.structure.KnownVersions;
import tranche.core.structure.Structure;
import tranche.core.structure.StructureFingerprint;
import tranche.core.structure.VersionMatch;
import tranche.postgres.database.Connector;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.DatabaseDirectory;
import tranche.postgres.database.Unreachable;

/// Says what stores are made of, and what migrations would make. Each call opens one connection and
/// closes it. Owners, grants, comments and the history tables of migration tools do not count.
public final class StoreStructures {
  private static final StructureScope SCOPE =
      StructureScope.ORDINARY.withoutTables(StructureScope.HISTORY_TABLES);
  private static final Duration SILENCE = Duration.ofMinutes(15);

  private final DatabaseDirectory directory;
  private final String owner;

  /// @param owner who asks, for whoever finds a scratch schema that was left behind
  public StoreStructures(DatabaseDirectory directory, String owner) {
    this.directory = directory;
    this.owner = owner;
  }

  @FunctionalInterface
  private interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /// The fingerprints of those stores of a database that exist.
  ///
  /// @throws tranche.core.problem.ProblemException if the database or a schema cannot be read
  public Map<StoreId, StructureFingerprint> fingerprints(
      DatabaseId database, Collection<StoreId> stores) {
    return with(
        database,
        connection -> {
          Map<StoreId, StructureFingerprint> found = new HashMap<>();
          new StructureReader(SCOPE)
              .fingerprints(connection, schemas(stores))
              .forEach((schema, print) -> found.put(new StoreId(database, schema), print));
          return found;
        });
  }

  /// What one store is made of.
  ///
  /// @throws tranche.core.problem.ProblemException if the store is not there or cannot be read
  public Structure read(StoreId store) {
    return with(
        store.database(),
        connection -> new StructureReader(SCOPE).read(connection, store.schema()));
  }

  /// What migrations make in an empty scratch schema of that database, after each of them. The
  /// schema is dropped again.
  ///
  /// @param steps from the lowest version to the highest
  /// @param searchPath further schemas that unqualified names may come from
  /// @throws tranche.core.problem.ProblemException if the schema cannot be made or a migration
  ///   fails in it
  public KnownVersions made(
      DatabaseId database, List<RehearsedStep> steps, List<String> searchPath) {
    return with(
        database,
        connection -> {
          // What a process that was killed has left behind; those that are in use are locked.
          Leftovers.Swept _ = Leftovers.drop(connection, Duration.ZERO);
          try (ScratchCopy empty = ScratchCopy.empty(connection, owner)) {
            return VersionFinder.learn(empty, steps, runner(database, searchPath), SCOPE)
                .versions();
          }
        });
  }

  /// Tries migrations and their undo on a copy of a store without its rows, in a transaction that
  /// is rolled back.
  ///
  /// @param searchPath further schemas that unqualified names may come from
  /// @throws tranche.core.problem.ProblemException if the store is not there, or its database
  ///   cannot be reached
  public RehearsalOutcome rehearse(
      StoreId store, List<RehearsedStep> steps, List<String> searchPath, Rehearsal.Limits limits) {
    return with(
        store.database(),
        connection ->
            Rehearsal.of(
                connection, store.schema(), steps, runner(store.database(), searchPath), limits));
  }

  /// Which version each of these stores has, judged by what it is made of.
  ///
  /// @throws tranche.core.problem.ProblemException if the database or a schema cannot be read
  public Map<StoreId, VersionMatch> versions(
      DatabaseId database, Collection<StoreId> stores, KnownVersions known) {
    Map<StructureFingerprint, VersionMatch> matches = new HashMap<>();
    Map<StoreId, VersionMatch> found = new HashMap<>();
    fingerprints(database, stores)
        .forEach((store, print) ->
            found.put(
                store,
                matches.computeIfAbsent(
                    print, p -> known.match(p).orElseGet(() -> known.match(read(store))))));
    return found;
  }

  private static List<String> schemas(Collection<StoreId> stores) {
    return stores.stream().map(StoreId::schema).sorted().distinct().toList();
  }

  /// Puts in the names that differ from store to store, as if the scratch schema were one.
  private StatementRunner runner(DatabaseId database, List<String> searchPath) {
    DatabaseAccess access = directory.access(database);
    StatementRunner plain = StatementRunner.plain(searchPath.toArray(String[]::new));
    return (connection, schema, statements) -> {
      Map<StorePlaceholder, String> values = new EnumMap<>(StorePlaceholder.class);
      values.put(StorePlaceholder.SCHEMA, schema);
      values.put(StorePlaceholder.TENANT, schema);
      values.put(StorePlaceholder.DATABASE, access.address().name());
      values.put(StorePlaceholder.USER, access.admin().user());
      plain.run(
          connection,
          schema,
          statements.stream()
              .map(sql -> StorePlaceholder.replace(sql, values))
              .collect(Collectors.toList()));
    };
  }

  private <T> T with(DatabaseId database, Work<T> work) {
    DatabaseAccess access = directory.access(database);
    try (Connection connection = Connector.open(access.address(), access.admin(), SILENCE)) {
      return work.run(connection);
    } catch (SQLException e) {
      throw Unreachable.connecting(database, e);
    }
  }
}
