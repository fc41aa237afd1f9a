package tranche.drivers.gateway;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with the gateway's process.
public sealed interface GatewayProblem extends Problem {
  /// It ended, or did not answer in time.
  record GatewayNotRunning(String folder, String finding) implements GatewayProblem {
    @Override
    public String code() {
      return "gateway-not-running";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "The gateway of " + folder + " does not run: " + finding;
    }

    @Override
    public String why() {
      return "Without it no request reaches the application and no traffic can be moved.";
    }

    @Override
    public String fix() {
      return "Remove the cause that its last words name (a port in use, most often); the whole log"
          + " is "
          + folder
          + "/log.";
    }
  }
}
