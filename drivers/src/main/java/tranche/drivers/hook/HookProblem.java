package tranche.drivers.hook;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with hooks.
public sealed interface HookProblem extends Problem {
  /// A hook failed.
  record HookFailed(String hook, String event, String message) implements HookProblem {
    @Override
    public String code() {
      return "hook-failed";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.FAILED;
    }

    @Override
    public String what() {
      return "Hook '" + hook + "' failed at " + event + ": " + message;
    }

    @Override
    public String why() {
      return "A hook that fails before something keeps it from being done; one that fails"
          + " afterwards changes nothing that was done.";
    }

    @Override
    public String fix() {
      return "Repair what the hook calls, or take it out of the hooks file, then run the command"
          + " again: it goes on with the stores that are left.";
    }
  }
}
