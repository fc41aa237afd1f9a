package tranche.config.migration;

import java.util.Map;
import java.util.Objects;

/// How a folder is to be read, where that is not said by the folder itself.
///
/// @param placeholders what stands for what
/// @param names how files in Flyway's naming are named
/// @param phaseFolders whether folders called `expand`, `backfill` and `contract` state a phase
/// @param historyTable the name of Flyway's history table, the value of `${flyway:table}`
public record FolderSettings(
    PlaceholderRules placeholders,
    FlywayNames names,
    PhaseFolders phaseFolders,
    String historyTable) {
  /// What Flyway assumes too, without placeholders of one's own.
  public static final FolderSettings DEFAULTS =
      new FolderSettings(
          PlaceholderRules.DEFAULTS,
          FlywayNames.DEFAULTS,
          PhaseFolders.STATE_PHASES,
          "flyway_schema_history");

  public FolderSettings {
    Objects.requireNonNull(placeholders);
    Objects.requireNonNull(names);
    Objects.requireNonNull(phaseFolders);
    Objects.requireNonNull(historyTable);
  }

  /// The same with these values of placeholders added; they go before those that were there.
  public FolderSettings withPlaceholders(Map<String, String> values) {
    return new FolderSettings(placeholders.with(values), names, phaseFolders, historyTable);
  }

  /// The same with placeholders replaced as given.
  public FolderSettings withReplacement(PlaceholderRules.Replacement replacement) {
    return new FolderSettings(placeholders.with(replacement), names, phaseFolders, historyTable);
  }

  /// What folders called `expand`, `backfill` and `contract` mean.
  public enum PhaseFolders {
    /// The scripts below them have that phase.
    STATE_PHASES,
    /// Nothing: such a folder is there for another reason.
    MEAN_NOTHING
  }
}
