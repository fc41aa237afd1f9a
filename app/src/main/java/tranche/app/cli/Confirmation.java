package tranche.app.cli;

import java.io.PrintStream;
import picocli.CommandLine.Option;

/// Asks before something that concerns many or cannot be taken back.
public final class Confirmation {
  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean isGiven;

  @Option(names = "--no-input", description = "Never ask; refuse what would need a yes.")
  private boolean isSilent;

  /// Whether it was given on the command line already.
  public boolean isGiven() {
    return isGiven;
  }

  /// Returns if the person agrees.
  ///
  /// @throws tranche.core.problem.ProblemException [CliProblem.ConfirmationNeeded]
  public void require(String action, Surroundings surroundings) {
    if (isGiven) {
      return;
    }
    Terminal terminal = surroundings.terminal();
    boolean canAsk = !isSilent && terminal.isIn() && terminal.isErr();
    if (!canAsk || !isYes(action, surroundings)) {
      throw new CliProblem.ConfirmationNeeded(action).exception();
    }
  }

  private static boolean isYes(String action, Surroundings surroundings) {
    PrintStream err = surroundings.output().err();
    err.print("About to " + action + ". Type yes to go on: ");
    err.flush();
    return surroundings
        .terminal()
        .readLine()
        .map(String::strip)
        .filter(answer -> answer.equalsIgnoreCase("yes") || answer.equalsIgnoreCase("y"))
        .isPresent();
  }
}
