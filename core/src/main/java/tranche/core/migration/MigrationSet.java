package tranche.core.migration;

import java.util.List;
import java.util.Objects;

/// Everything that a folder of migrations says.
///
/// @param folder where it was read, for messages
/// @param format how its files are named
/// @param migrations versioned ones in the order of their versions, then repeatable ones in the
///   order of their descriptions; baselines stand among the versioned ones, before the migration of
///   the same version
/// @param callbacks in the order in which those of one event run
public record MigrationSet(
    String folder,
    FolderFormat format,
    List<SourceMigration> migrations,
    List<Callback> callbacks) {
  public MigrationSet {
    Objects.requireNonNull(folder);
    Objects.requireNonNull(format);
    migrations = List.copyOf(migrations);
    callbacks = List.copyOf(callbacks);
  }
}
