package tranche.api.schema;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a run would do.
///
/// @param verb `apply` or `revert`
/// @param stores how many there are
/// @param moving how many it would change
/// @param migrations each that runs on at least one store, in the order in which they run
/// @param histories stores of one past need the same: one entry for each distinct past
/// @param still stores that it would not change, by reason
/// @param rehearsals what came out of trying it on copies, if that was asked for
public record SchemaPlanJson(
    String verb,
    String target,
    List<FolderJson> folders,
    long stores,
    long moving,
    List<PlannedMigrationJson> migrations,
    List<HistoryJson> histories,
    List<StoreGroupJson> still,
    List<FindingJson> findings,
    List<RehearsalJson> rehearsals,
    LeftOutStoresJson leftOut) {
  public SchemaPlanJson {
    folders = List.copyOf(folders);
    migrations = List.copyOf(migrations);
    histories = List.copyOf(histories);
    still = List.copyOf(still);
    findings = List.copyOf(findings);
    rehearsals = List.copyOf(rehearsals);
  }

  /// What came out of trying migrations and their undo on a copy of a store without its rows.
  ///
  /// @param store that was copied
  /// @param stores how many have the same past
  /// @param runs what was tried, by [PlannedMigrationJson#key()]
  /// @param outcome `restored`, `not-restored`, `failed`, `undo-failed`, `not-tried`
  /// @param step at which it ended, if it ended early
  /// @param details sentences
  /// @param took how long it took
  public record RehearsalJson(
      String store,
      long stores,
      List<String> runs,
      String outcome,
      Optional<String> step,
      List<String> details,
      Duration took) {
    public RehearsalJson {
      runs = List.copyOf(runs);
      details = List.copyOf(details);
    }
  }

  /// Stores with one past.
  ///
  /// @param set the set of stores that they are of
  /// @param from their version; absent if nothing ran yet
  /// @param to their version afterwards
  /// @param runs what runs on them, by [PlannedMigrationJson#key()]
  /// @param sql all statements, only if they were asked for
  public record HistoryJson(
      String set,
      Optional<String> from,
      Optional<String> to,
      long stores,
      List<String> examples,
      List<String> runs,
      List<String> sql) {
    public HistoryJson {
      examples = List.copyOf(examples);
      runs = List.copyOf(runs);
      sql = List.copyOf(sql);
    }
  }

  /// A migration that runs.
  ///
  /// @param key `V42`, `R views`
  /// @param script its file
  /// @param phase `expand`, `backfill` or `contract`
  /// @param lock the strongest lock on something that was there before
  /// @param stores on how many it runs
  public record PlannedMigrationJson(
      String set,
      String key,
      String description,
      String script,
      String phase,
      boolean transactional,
      String lock,
      long stores,
      List<StatementJson> statements,
      UndoJson undo) {
    public PlannedMigrationJson {
      statements = List.copyOf(statements);
    }
  }

  /// A statement of a migration.
  ///
  /// @param objects what it touches
  /// @param lock the lock that it takes, as PostgreSQL's manual writes it
  /// @param work `none`, `scan`, `rewrite`, `rows`, `unknown`
  /// @param loss `none`, `shape`, `data`
  public record StatementJson(
      int line, String summary, List<String> objects, String lock, String work, String loss) {
    public StatementJson {
      objects = List.copyOf(objects);
    }
  }

  /// What takes a migration back.
  ///
  /// @param how `written`, `generated`, `not-needed`, `unknown`
  /// @param loses what is lost by it
  /// @param why why there is none
  public record UndoJson(String how, List<String> sql, List<String> loses, Optional<String> why) {
    public UndoJson {
      sql = List.copyOf(sql);
      loses = List.copyOf(loses);
    }
  }

  /// Something that the author of a migration should know.
  ///
  /// @param severity `error`, `warning`, `note`
  /// @param allowed whether it may run all the same
  /// @param eased of an error that is a warning here, why: `already runs in 12 stores`, `these
  ///   stores are empty`
  public record FindingJson(
      String severity,
      String rule,
      String script,
      int line,
      int column,
      String what,
      String why,
      String safeWay,
      boolean allowed,
      Optional<String> eased) {}
}
