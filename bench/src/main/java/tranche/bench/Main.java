package tranche.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tranche.bench.databases.DatabasesCommand;
import tranche.bench.fanout.FanoutCommand;
import tranche.bench.scale.ScaleCommand;
import tranche.bench.status.StatusCommand;

/// Where the benchmarks start: one command each. Without arguments they are listed.
@Command(
    name = "bench/run",
    description = "Measures Tranche against other ways to do the same work. Choose a benchmark:",
    mixinStandardHelpOptions = true,
    subcommands = {
      FanoutCommand.class,
      StatusCommand.class,
      ScaleCommand.class,
      DatabasesCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  /// Runs the benchmark that the arguments name and exits: 0 when it was measured, 1 when it
  /// failed, 2 when the arguments are not understood.
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /// The commands, not yet run.
  public static CommandLine commandLine() {
    return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  /// Lists the benchmarks.
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
