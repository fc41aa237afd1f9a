package tranche.app.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/// Puts the commands together.
public final class Cli {
  private Cli() {}

  /// Adds the commands of every day to the root command and says how all commands fail.
  ///
  /// To be called after the root's other commands were added: how to fail is handed down to those
  /// that are there.
  public static CommandLine register(CommandLine root, Surroundings surroundings) {
    CommandLine rollout = new CommandLine(new RolloutCommand(surroundings));
    rollout.addSubcommand("start", new StartCommand(surroundings));
    rollout.addSubcommand("watch", new WatchCommand(surroundings));
    rollout.addSubcommand("revert", new RevertCommand(surroundings));
    rollout.addSubcommand("explain", new ExplainCommand(surroundings));
    rollout.addSubcommand("journal", new JournalCommand(surroundings));
    Map<String, CommandLine> commands = new LinkedHashMap<>();
    commands.put("plan", new CommandLine(new PlanCommand(surroundings)));
    commands.put("rollout", rollout);
    commands.put("release", new CommandLine(new ReleaseCommand(surroundings)));
    commands.put("tenant", new CommandLine(new TenantCommand(surroundings)));
    commands.put("fleet", new CommandLine(new FleetCommand(surroundings)));
    commands.put("deploy", new CommandLine(new StartCommand(surroundings)));
    commands.put("rollback", new CommandLine(new RevertCommand(surroundings)));
    commands.forEach((name, command) -> {
      root.addSubcommand(name, command);
      addHelp(command);
    });
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
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this text.")
                .build());
    // An alias leads to the same command a second time.
    Set.copyOf(command.getSubcommands().values()).forEach(Cli::addHelp);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }
}
