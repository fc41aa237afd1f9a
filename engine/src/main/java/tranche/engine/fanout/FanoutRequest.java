package tranche.engine.fanout;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import tranche.core.fleet.DatabaseId;

/// What a run is asked to do.
///
/// @param run its id, new for each run
/// @param person who asked, for histories
/// @param sets what is done to which set
/// @param targets the stores
/// @param servers the database server of each database: limits are per server
/// @param compiler understands statements
/// @param hooks called around run, stores and migrations
/// @param settings how it behaves
public record FanoutRequest(
    RunId run,
    String person,
    List<SetJob> sets,
    Targets.Source targets,
    Function<DatabaseId, String> servers,
    MigrationCompiler compiler,
    Hooks hooks,
    FanoutSettings settings) {
  public FanoutRequest {
    Objects.requireNonNull(run);
    Objects.requireNonNull(person);
    sets = List.copyOf(sets);
    Objects.requireNonNull(targets);
    Objects.requireNonNull(servers);
    Objects.requireNonNull(compiler);
    Objects.requireNonNull(hooks);
    Objects.requireNonNull(settings);
  }
}
