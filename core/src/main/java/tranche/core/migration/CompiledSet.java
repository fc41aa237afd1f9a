package tranche.core.migration;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A folder whose migrations are understood: what a fan-out runs.
///
/// @param source as it was read
/// @param migrations in the order of [MigrationSet#migrations()]
/// @param callbacks the statements of the callback scripts, by event, in their order
public record CompiledSet(
    MigrationSet source,
    List<CompiledMigration> migrations,
    Map<CallbackEvent, List<CompiledCallback>> callbacks) {
  public CompiledSet {
    Objects.requireNonNull(source);
    migrations = List.copyOf(migrations);
    callbacks = Map.copyOf(callbacks);
  }

  /// A callback whose statements are understood.
  public record CompiledCallback(
      Callback source, boolean isTransactional, List<CompiledStatement> statements) {
    public CompiledCallback {
      Objects.requireNonNull(source);
      statements = List.copyOf(statements);
    }
  }
}
