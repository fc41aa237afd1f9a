package tranche.postgres.adopt;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tranche.core.adopt.AdoptionDecision;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledStatement;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.core.problem.ProblemException;
import tranche.core.release.SchemaVersion;
import tranche.core.structure.StructureChange;
import tranche.core.structure.VersionMatch;
import tranche.postgres.database.Connector;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.DatabaseDirectory;
import tranche.postgres.database.SqlState;
import tranche.postgres.structure.RehearsedStep;
import tranche.postgres.structure.ScratchCopy;
import tranche.postgres.structure.StatementRunner;
import tranche.postgres.structure.StructureScope;
import tranche.postgres.structure.VersionFinder;

/// The version of stores that have no history: stated by somebody, or found by comparing what they
/// are made of with what the migrations make of an empty schema.
public final class Baseline {
  /// What it is called where tools are named.
  public static final String TOOL = "structure";

  private static final Duration SILENCE = Duration.ofMinutes(5);
  private static final int SHOWN = 3;

  private final DatabaseDirectory directory;
  private final MigrationSet folder;
  private final List<String> searchPath;
  private final Function<SourceMigration, CompiledMigration> texts;

  /// @param folder the migrations that the stores may have been made with
  /// @param searchPath further schemas that unqualified names may come from
  /// @param texts a migration with its statements understood
  public Baseline(
      DatabaseDirectory directory,
      MigrationSet folder,
      List<String> searchPath,
      Function<SourceMigration, CompiledMigration> texts) {
    this.directory = directory;
    this.folder = folder;
    this.searchPath = List.copyOf(searchPath);
    this.texts = texts;
  }

  /// The version that somebody stated.
  public Map<StoreId, AdoptionDecision> stated(List<StoreId> stores, SchemaVersion version) {
    boolean isKnown =
        version.equals(SchemaVersion.NONE)
            || versions().stream().anyMatch(m -> m.key().equals(key(version)));
    AdoptionDecision decision =
        isKnown
            ? adopt(version)
            : new AdoptionDecision.Refuse(
                List.of("version " + version + " was stated for it and is not in the folder"));
    Map<StoreId, AdoptionDecision> all = new HashMap<>();
    stores.forEach(store -> all.put(store, decision));
    return all;
  }

  /// The versions whose structure the stores of one database have.
  public Map<StoreId, AdoptionDecision> compared(DatabaseId database, List<StoreId> stores) {
    DatabaseAccess access = directory.access(database);
    Map<StoreId, AdoptionDecision> all = new HashMap<>();
    try (Connection connection = Connector.open(access.address(), access.admin(), SILENCE);
        ScratchCopy scratch = ScratchCopy.empty(connection, access.admin().user())) {
      VersionFinder finder =
          VersionFinder.learn(
              scratch,
              steps(),
              StatementRunner.plain(searchPath.toArray(String[]::new)),
              StructureScope.ORDINARY.withoutTables(StructureScope.HISTORY_TABLES));
      finder
          .find(connection, stores.stream().map(StoreId::schema).toList())
          .forEach((schema, match) -> all.put(new StoreId(database, schema), decision(match)));
    } catch (SQLException e) {
      refuse(stores, "its structure cannot be read: " + SqlState.message(e), all);
    } catch (ProblemException e) {
      refuse(stores, e.problem().what(), all);
    }
    return all;
  }

  private static void refuse(
      List<StoreId> stores, String reason, Map<StoreId, AdoptionDecision> all) {
    stores.forEach(store -> all.put(store, new AdoptionDecision.Refuse(List.of(reason))));
  }

  private List<RehearsedStep> steps() {
    return versions().stream().map(m -> step(texts.apply(m))).toList();
  }

  private static RehearsedStep step(CompiledMigration migration) {
    SchemaVersion version = ((MigrationKey.Version) migration.key()).version();
    List<String> forward = migration.statements().stream().map(CompiledStatement::sql).toList();
    return new RehearsedStep(
        version.canonical(),
        forward,
        List.of(),
        migration.isTransactional() ? RehearsedStep.Mode.TRANSACTIONAL : RehearsedStep.Mode.PLAIN);
  }

  private List<SourceMigration> versions() {
    return folder.migrations().stream().filter(m -> m.kind() == MigrationKind.VERSIONED).toList();
  }

  private AdoptionDecision decision(VersionMatch match) {
    return switch (match) {
      case VersionMatch.Exactly(String version) -> adopt(new SchemaVersion(version));
      case VersionMatch.OneOf(List<String> versions) ->
          new AdoptionDecision.Refuse(
              List.of(
                  "versions "
                      + versions.getFirst()
                      + " to "
                      + versions.getLast()
                      + " make the same structure, so it cannot be told which one it is: state it"
                      + " (--at)"));
      case VersionMatch.NothingThere _ ->
          new AdoptionDecision.Refuse(List.of("there is nothing in it to compare"));
      case VersionMatch.NoneEqual(Optional<String> nearest, var differences, int total) ->
          new AdoptionDecision.Refuse(List.of(differs(nearest, differences, total)));
    };
  }

  private static String differs(
      Optional<String> nearest, List<StructureChange> differences, int total) {
    if (nearest.isEmpty()) {
      return "the folder has no version to compare it with";
    }
    List<String> shown = differences.stream().limit(SHOWN).map(StructureChange::sentence).toList();
    int more = total - shown.size();
    return "no version makes what it has; nearest is "
        + nearest.get()
        + ": "
        + String.join("; ", shown)
        + (more > 0 ? "; and " + more + " more" : "");
  }

  private AdoptionDecision.Adopt adopt(SchemaVersion version) {
    List<AppliedMigration> applied =
        versions().stream()
            .map(SourceMigration::key)
            .filter(k -> !((MigrationKey.Version) k).version().isAfter(version))
            .map(k -> new AppliedMigration(k, AppliedMigration.ADOPTED, false))
            .toList();
    return new AdoptionDecision.Adopt(HistoryKind.TRANCHE, applied, List.of());
  }

  private static MigrationKey key(SchemaVersion version) {
    return new MigrationKey.Version(version);
  }
}
