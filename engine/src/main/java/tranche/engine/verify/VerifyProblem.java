package tranche.engine.verify;

import tranche.core.fleet.TenantId;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What verification can find.
public sealed interface VerifyProblem extends Problem {
  /// A check did not get the answer it expects.
  record CheckFailed(TenantId tenant, String suite, String check, String finding)
      implements VerifyProblem {
    @Override
    public String code() {
      return "check-failed";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.FAILED;
    }

    @Override
    public String what() {
      return "Tenant " + tenant + " fails check '" + check + "' of suite " + suite + ": " + finding;
    }

    @Override
    public String why() {
      return "The suite says what a release must be able to do before or after it gets traffic.";
    }

    @Override
    public String fix() {
      return "Correct the release or the check, then run `tranche rollout retry`.";
    }
  }
}
