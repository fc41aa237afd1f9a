package tranche.engine.fanout;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.CompiledSet.CompiledCallback;

/// What all stores of a run have in common.
///
/// @param run its lease is checked by every transaction
/// @param person who runs it, for histories
/// @param limits how long things may take
/// @param searchPath further schemas that unqualified names may come from, after the store's own
/// @param callbacks scripts that run around migrations
/// @param tenants the tenant of each store, where one is known
/// @param hooks called before and after each migration, outside of its transaction
public record RunContext(
    RunId run,
    String person,
    ChangeLimits limits,
    List<String> searchPath,
    Map<CallbackEvent, List<CompiledCallback>> callbacks,
    Map<StoreId, String> tenants,
    Hooks hooks) {
  public RunContext {
    Objects.requireNonNull(run);
    Objects.requireNonNull(person);
    Objects.requireNonNull(limits);
    searchPath = List.copyOf(searchPath);
    callbacks = Map.copyOf(callbacks);
    tenants = Map.copyOf(tenants);
    Objects.requireNonNull(hooks);
  }
}
