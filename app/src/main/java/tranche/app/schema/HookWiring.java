package tranche.app.schema;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tranche.app.cli.Surroundings;
import tranche.config.hook.HookConfig;
import tranche.config.hook.HooksFile;
import tranche.core.fleet.StoreId;
import tranche.core.problem.ProblemException;
import tranche.drivers.hook.CommandAction;
import tranche.drivers.hook.Hook;
import tranche.drivers.hook.HookAction;
import tranche.drivers.hook.HookCalls;
import tranche.drivers.hook.HookFailure;
import tranche.drivers.hook.HttpAction;
import tranche.engine.fanout.Hooks;
import tranche.postgres.database.DatabaseDirectory;
import tranche.postgres.fanout.HookStatement;

/// Makes hooks of a hooks file.
final class HookWiring {
  private HookWiring() {}

  static Hooks read(Path file, DatabaseDirectory directory, Surroundings surroundings) {
    List<HookConfig> hooks = HooksFile.read(file, surroundings.environment());
    return new HookCalls(hooks.stream().map(h -> hook(h, directory, surroundings)).toList());
  }

  private static Hook hook(
      HookConfig config, DatabaseDirectory directory, Surroundings surroundings) {
    HookAction action =
        switch (config.action()) {
          case HookConfig.Action.Command(var arguments, var environment) ->
              new CommandAction(arguments, environment, surroundings.folder());
          case HookConfig.Action.Http(var url, var headers, var token) ->
              new HttpAction(url, headers, token);
          case HookConfig.Action.Sql(String statement) -> sql(statement, directory);
        };
    return new Hook(config.name(), events(config.events()), action, config.limit());
  }

  private static HookAction sql(String statement, DatabaseDirectory directory) {
    var runner = new HookStatement(directory);
    return (context, limit) -> {
      StoreId store =
          context
              .store()
              .orElseThrow(() -> new IllegalStateException("SQL hooks are for stores only"));
      try {
        Optional<String> refused = runner.run(store, statement, limit);
        if (refused.isPresent()) {
          throw new HookFailure(refused.get());
        }
      } catch (ProblemException e) {
        throw new HookFailure(e.problem().what(), e);
      }
    };
  }

  private static Set<Hooks.Event> events(Set<String> words) {
    Set<Hooks.Event> events = EnumSet.noneOf(Hooks.Event.class);
    for (Hooks.Event event : Hooks.Event.values()) {
      if (words.contains(event.word())) {
        events.add(event);
      }
    }
    return events;
  }
}
