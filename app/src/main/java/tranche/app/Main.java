package tranche.app;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import tranche.app.cli.Cli;
import tranche.app.cli.Surroundings;
import tranche.app.demo.Demo;
import tranche.app.onboard.AddCommand;
import tranche.app.schema.SchemaCommand;
import tranche.app.server.Down;
import tranche.app.server.Up;
import tranche.app.version.Version;

/// Where the program starts: parses the command line and runs one command.
@Command(
    name = "tranche",
    description = "Moves every tenant of a SaaS from one release to the next, tranche by tranche.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {HelpCommand.class, Version.class, Up.class, Down.class, Demo.class})
public final class Main {
  private Main() {}

  /// Runs the command that the arguments name and exits with its exit code.
  public static void main(String[] arguments) {
    CommandLine root = bare();
    List<String> words = List.of(arguments);
    Surroundings surroundings = Surroundings.ofThisProcess();
    Cli.registerFor(words, root, surroundings, others(words, surroundings));
    System.exit(root.execute(arguments));
  }

  /// The command without the commands of every day.
  static CommandLine bare() {
    return new CommandLine(new Main());
  }

  static CommandLine commandLine() {
    Surroundings surroundings = Surroundings.ofThisProcess();
    return Cli.register(new CommandLine(new Main()), surroundings, others(List.of(), surroundings));
  }

  private static Map<String, Supplier<CommandLine>> others(
      List<String> words, Surroundings surroundings) {
    return Map.of(
        "schema",
        () -> SchemaCommand.commandLine(words, surroundings),
        "tenant add",
        () -> new CommandLine(new AddCommand(surroundings)));
  }
}
