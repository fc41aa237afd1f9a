package tranche.app.schema;

import tranche.app.cli.Confirmation;
import tranche.app.cli.Surroundings;
import tranche.app.cli.Terminal;

/// Asks before many stores are changed, if there is somebody to ask. Scripts are not asked: they
/// were written on purpose.
final class Agreement {
  private Agreement() {}

  static boolean canAsk(Surroundings surroundings) {
    Terminal terminal = surroundings.terminal();
    return terminal.isIn() && terminal.isErr();
  }

  /// @throws tranche.core.problem.ProblemException if the person does not agree
  static void require(Confirmation confirmation, String action, Surroundings surroundings) {
    if (canAsk(surroundings)) {
      confirmation.require(action, surroundings);
    }
  }
}
