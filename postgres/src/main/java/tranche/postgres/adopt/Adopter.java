package tranche.postgres.adopt;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tranche.core.adopt.Adoption;
import tranche.core.adopt.AdoptionDecision;
import tranche.core.adopt.AdoptionRules;
import tranche.core.adopt.ForeignHistory;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.StoreHistory;
import tranche.core.problem.ProblemException;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.DatabaseDirectory;
import tranche.postgres.database.SqlState;
import tranche.postgres.fanout.StoreValues;
import tranche.postgres.fanout.Takeover;

/// Finds out what the histories of other tools mean for stores, many at a time. Changes nothing;
/// the answer is written by [tranche.postgres.fanout.HistoryTakeover].
public final class Adopter {
  private final DatabaseDirectory directory;
  private final ForeignTables tables;
  private final MigrationSet folder;
  private final AdoptionRules rules;
  private final Function<SourceMigration, Optional<CompiledMigration>> texts;
  private final ForeignHistoryReader reader;
  private final Map<ForeignHistory, AdoptionDecision> decided = new ConcurrentHashMap<>();

  /// @param folder the migrations that the histories are compared with
  /// @param texts a migration with its statements understood, empty if they are not
  public Adopter(
      DatabaseDirectory directory,
      ForeignTables tables,
      MigrationSet folder,
      AdoptionRules rules,
      Function<SourceMigration, Optional<CompiledMigration>> texts) {
    this.directory = directory;
    this.tables = tables;
    this.folder = folder;
    this.rules = rules;
    this.texts = texts;
    this.reader = new ForeignHistoryReader(tables);
  }

  /// What was found in one store.
  ///
  /// @param kind whose history
  /// @param mark of the table when it was read
  public record Found(HistoryKind kind, AdoptionDecision decision, String mark) {}

  /// What the histories of these stores mean. Stores without a history of that kind are left out.
  ///
  /// @throws tranche.core.problem.ProblemException [AdoptProblem.ForeignHistoryUnreadable]
  public Map<StoreId, Found> examine(
      DatabaseId database, HistoryKind kind, Collection<StoreId> stores) {
    DatabaseAccess access = directory.access(database);
    List<String> schemas = stores.stream().map(StoreId::schema).sorted().distinct().toList();
    Map<StoreId, Found> found = new HashMap<>();
    try (Connection connection = ReadConnection.open(access)) {
      // The mark first: what is written between the two reads makes it differ later.
      List<String> having = having(connection, kind, schemas);
      Map<String, String> marks = MarkReader.read(connection, kind, having, tables);
      reader
          .read(connection, kind, having)
          .forEach((schema, history) -> {
            StoreId store = new StoreId(database, schema);
            AdoptionDecision decision = decide(shared(history, store, access));
            found.put(store, new Found(kind, decision, marks.getOrDefault(schema, "")));
          });
    } catch (SQLException e) {
      throw unreadable(database, e);
    }
    return found;
  }

  private AdoptionDecision decide(ForeignHistory history) {
    return decided.computeIfAbsent(history, h -> Adoption.decide(folder, h, rules));
  }

  /// Stores that differ in nothing but their names have the same history.
  private ForeignHistory shared(ForeignHistory history, StoreId store, DatabaseAccess access) {
    return history instanceof ForeignHistory.Flyway flyway
        ? flyway.withoutValues(folder, StoreValues.of(store, access, Optional.empty()))
        : history;
  }

  private static ProblemException unreadable(DatabaseId database, SQLException error) {
    return new ProblemException(
        new AdoptProblem.ForeignHistoryUnreadable("database " + database, SqlState.message(error)),
        error);
  }

  private List<String> having(Connection connection, HistoryKind kind, List<String> schemas)
      throws SQLException {
    Map<String, Set<HistoryKind>> kinds = reader.kinds(connection, schemas);
    return schemas.stream().filter(s -> kinds.getOrDefault(s, Set.of()).contains(kind)).toList();
  }

  /// Those of the stores whose other tool has written into its table since Tranche last looked.
  ///
  /// @throws tranche.core.problem.ProblemException [AdoptProblem.ForeignHistoryUnreadable]
  public List<StoreId> moved(DatabaseId database, HistoryKind kind, Collection<StoreId> stores) {
    if (stores.isEmpty() || !Marks.isKept(kind)) {
      return List.of();
    }
    List<String> schemas = stores.stream().map(StoreId::schema).sorted().distinct().toList();
    List<StoreId> moved = new ArrayList<>();
    try (Connection connection = ReadConnection.open(directory.access(database))) {
      List<String> having = having(connection, kind, schemas);
      Map<String, String> kept = MarkReader.kept(connection, schemas);
      Map<String, String> now = MarkReader.read(connection, kind, having, tables);
      for (String schema : schemas) {
        if (!now.getOrDefault(schema, "").equals(kept.getOrDefault(schema, ""))) {
          moved.add(new StoreId(database, schema));
        }
      }
    } catch (SQLException e) {
      throw unreadable(database, e);
    }
    return moved;
  }

  /// What has to be written to take a store over.
  ///
  /// @param before the store's own history, the empty one if it has none
  public Takeover takeover(
      StoreId store, StoreHistory before, AdoptionDecision.Adopt adopt, String mark) {
    Map<MigrationKey, AppliedMigration> old = new HashMap<>();
    before.applied().forEach(a -> old.put(a.key(), a));
    List<Takeover.Row> rows = new ArrayList<>();
    for (AppliedMigration applied : adopt.applied()) {
      rows.add(row(applied, Optional.ofNullable(old.get(applied.key()))));
    }
    boolean isKept = Marks.isKept(adopt.kind());
    return new Takeover(
        before,
        adopt.kind(),
        rows,
        adopt.kind() == HistoryKind.FLYWAY ? List.of(FlywayLock.of(store, tables)) : List.of(),
        isKept ? Optional.of(Marks.query(adopt.kind(), store.schema(), tables)) : Optional.empty(),
        isKept ? mark : "");
  }

  /// A row that we wrote ourselves stays as it is if it says the same as the other tool's.
  private Takeover.Row row(AppliedMigration applied, Optional<AppliedMigration> old) {
    Optional<SourceMigration> source = source(applied);
    boolean isSame =
        old.isPresent()
            && (old.get().equals(applied)
                || source
                    .map(s ->
                        old.get().isBaseline() == applied.isBaseline()
                            && old.get().matches(s.up())
                            && applied.matches(s.up()))
                    .orElse(false));
    return new Takeover.Row(
        isSame ? old.orElseThrow() : applied,
        source.map(SourceMigration::description).orElse(applied.key().text()),
        source.map(s -> s.up().name()).orElse(""),
        source.filter(s -> !applied.isBaseline() && applied.matches(s.up())).flatMap(texts));
  }

  private Optional<SourceMigration> source(AppliedMigration applied) {
    return folder.migrations().stream()
        .filter(m -> m.key().equals(applied.key()))
        .filter(m -> (m.kind() == MigrationKind.BASELINE) == applied.isBaseline())
        .findFirst();
  }
}
