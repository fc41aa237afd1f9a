package tranche.config.migration;

import java.util.List;
import java.util.Objects;
import tranche.core.migration.MigrationSet;

/// What a folder holds.
///
/// @param set its migrations and callbacks
/// @param notes what was left out, in the order of names
public record FolderReading(MigrationSet set, List<FolderNote> notes) {
  public FolderReading {
    Objects.requireNonNull(set);
    notes = List.copyOf(notes);
  }
}
