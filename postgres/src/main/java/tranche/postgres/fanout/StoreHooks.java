package tranche.postgres.fanout;

import java.util.Map;
import java.util.Optional;
import tranche.core.fleet.StoreId;
import tranche.core.migration.MigrationKey;
import tranche.core.problem.Problem;
import tranche.engine.fanout.Hooks;
import tranche.engine.fanout.RunContext;

/// Calls the hooks around a migration, outside of its transaction: while they run nothing is
/// locked.
final class StoreHooks {
  private StoreHooks() {}

  /// Calls them; the problem, if one failed.
  static Optional<Problem> call(
      RunContext context, Hooks.Event event, StoreId store, MigrationKey migration) {
    if (!context.hooks().wants(event)) {
      return Optional.empty();
    }
    var details =
        Map.of(
            "migration",
            migration.text(),
            "tenant",
            context.tenants().getOrDefault(store, store.schema()));
    return switch (context
        .hooks()
        .call(new Hooks.Context(event, context.run(), Optional.of(store), details))) {
      case Hooks.Result.Proceed _ -> Optional.empty();
      case Hooks.Result.Fail(var problem) -> Optional.of(problem);
    };
  }
}
