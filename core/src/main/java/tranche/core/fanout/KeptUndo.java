package tranche.core.fanout;

import java.util.Objects;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.Undo;

/// What a store's history keeps to take one of its migrations back.
///
/// @param key which migration
/// @param run the run that applied it
/// @param undo what takes it back, as it was decided when it was applied
/// @param isBaseline whether it stands for all versions up to its own, so that nothing can take it
///   back
public record KeptUndo(MigrationKey key, String run, Undo undo, boolean isBaseline) {
  public KeptUndo {
    Objects.requireNonNull(key);
    Objects.requireNonNull(run);
    Objects.requireNonNull(undo);
  }
}
