package tranche.app.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/// Puts the commands together.
public final class Cli {
  private static final String TENANT = "tenant ";

  private Cli() {}

  /// Adds the commands of every day to the root command and says how all commands fail.
  ///
  /// To be called after the root's other commands were added: how to fail is handed down to those
  /// that are there.
  ///
  /// @param others further commands, by name; those below one of these by both names: `tenant add`
  public static CommandLine register(
      CommandLine root, Surroundings surroundings, Map<String, Supplier<CommandLine>> others) {
    commands(surroundings, others)
        .forEach((name, command) -> root.addSubcommand(name, command.get()));
    return settle(root, surroundings);
  }

  /// The same for one command line, without the commands that it does not name: to describe a
  /// command to the parser costs more than to run it. Whoever asks for help, or names no command
  /// that there is, gets all of them.
  public static CommandLine registerFor(
      List<String> words,
      CommandLine root,
      Surroundings surroundings,
      Map<String, Supplier<CommandLine>> others) {
    var commands = commands(surroundings, others);
    String first = words.isEmpty() ? "help" : words.getFirst();
    if (commands.containsKey(first)) {
      commands.keySet().retainAll(Set.of(first));
    } else if (root.getSubcommands().containsKey(first) && !first.equals("help")) {
      commands.clear();
    }
    commands.forEach((name, command) -> root.addSubcommand(name, command.get()));
    return settle(root, surroundings);
  }

  private static Map<String, Supplier<CommandLine>> commands(
      Surroundings surroundings, Map<String, Supplier<CommandLine>> others) {
    Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
    commands.put("plan", () -> new CommandLine(new PlanCommand(surroundings)));
    commands.put("rollout", () -> rollout(surroundings));
    commands.put("release", () -> new CommandLine(new ReleaseCommand(surroundings)));
    commands.put("tenant", () -> tenant(surroundings, others));
    commands.put("fleet", () -> new CommandLine(new FleetCommand(surroundings)));
    commands.put("deploy", () -> new CommandLine(new StartCommand(surroundings)));
    commands.put("rollback", () -> new CommandLine(new RevertCommand(surroundings)));
    others.forEach((name, command) -> {
      if (!name.startsWith(TENANT)) {
        commands.put(name, command);
      }
    });
    return commands;
  }

  private static CommandLine tenant(
      Surroundings surroundings, Map<String, Supplier<CommandLine>> others) {
    CommandLine tenant = new CommandLine(new TenantCommand(surroundings));
    others.forEach((name, command) -> {
      if (name.startsWith(TENANT)) {
        tenant.addSubcommand(name.substring(TENANT.length()), command.get());
      }
    });
    return tenant;
  }

  private static CommandLine rollout(Surroundings surroundings) {
    return new CommandLine(new RolloutCommand(surroundings))
        .addSubcommand("start", new StartCommand(surroundings))
        .addSubcommand("watch", new WatchCommand(surroundings))
        .addSubcommand("revert", new RevertCommand(surroundings))
        .addSubcommand("explain", new ExplainCommand(surroundings))
        .addSubcommand("journal", new JournalCommand(surroundings));
  }

  private static CommandLine settle(CommandLine root, Surroundings surroundings) {
    addHelp(root);
    Failures failures = new Failures(surroundings);
    var output = surroundings.output();
    return root.setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setOut(writer(output.out()))
        .setErr(writer(output.err()));
  }

  private static void addHelp(CommandLine command) {
    var spec = command.getCommandSpec();
    if (spec.findOption("--help") == null) {
      spec.addOption(
          OptionSpec.builder("-h", "--help")
              .usageHelp(true)
              .description("Show this text.")
              .build());
    }
    // An alias leads to the same command a second time.
    Set.copyOf(command.getSubcommands().values()).forEach(Cli::addHelp);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }
}
