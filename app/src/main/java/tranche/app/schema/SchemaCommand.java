package tranche.app.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import tranche.app.cli.Surroundings;

/// `tranche schema`.
@Command(
    name = "schema",
    description =
        "Look at the schemas of a whole fleet and migrate them, from here, without a control"
            + " plane.")
public final class SchemaCommand {
  private SchemaCommand() {}

  /// The command with its commands. To describe one to the parser costs more than to run it, so if
  /// the words name one, it alone is there.
  public static CommandLine commandLine(List<String> words, Surroundings surroundings) {
    Map<String, Function<Surroundings, Object>> commands = commands();
    String named = words.size() > 1 ? words.get(1) : "";
    if (commands.containsKey(named)) {
      commands.keySet().retainAll(Set.of(named));
    }
    CommandLine schema = new CommandLine(new SchemaCommand());
    commands.forEach((name, make) -> schema.addSubcommand(name, make.apply(surroundings)));
    return schema;
  }

  private static Map<String, Function<Surroundings, Object>> commands() {
    Map<String, Function<Surroundings, Object>> commands = new LinkedHashMap<>();
    commands.put("status", StatusCommand::new);
    commands.put("plan", PlanCommand::new);
    commands.put("apply", ApplyCommand::new);
    commands.put("revert", RevertCommand::new);
    commands.put("adopt", AdoptCommand::new);
    commands.put("drift", DriftCommand::new);
    commands.put("new", NewCommand::new);
    return commands;
  }
}
