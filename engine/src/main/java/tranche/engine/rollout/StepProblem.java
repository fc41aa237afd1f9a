package tranche.engine.rollout;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;
import tranche.core.problem.ProblemKind;
import tranche.core.rollout.Event;
import tranche.engine.delivery.DeliveryProblem;
import tranche.engine.journal.JournalProblem;
import tranche.engine.schema.SchemaProblem;

/// What a performer may run into beyond what ports declare.
public sealed interface StepProblem extends Problem {
  /// A defect: something was thrown that nobody declared.
  record Internal(String step, String message) implements StepProblem {
    @Override
    public String code() {
      return "internal-error";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.BUG;
    }

    @Override
    public String what() {
      return "An internal error happened in " + step + ": " + message;
    }

    @Override
    public String why() {
      return "This is a defect in Tranche; nothing was recorded as done.";
    }

    @Override
    public String fix() {
      return "Report it with the control plane's log; `tranche rollout retry` tries the step"
          + " again.";
    }
  }

  /// Whether a failure is worth another attempt.
  static Event.Again again(Problem problem) {
    boolean canPass =
        switch (problem) {
          case SchemaProblem p -> p.canPass();
          case DeliveryProblem p -> p.canPass();
          case Problem _ -> false;
        };
    return canPass ? Event.Again.LATER : Event.Again.NO;
  }

  /// Whether a failure means that another control plane has taken over, so that this one must stop
  /// and write nothing.
  static boolean meansTakenOver(Throwable failure) {
    return failure instanceof ProblemException e
        && (e.problem() instanceof JournalProblem.LeaseLost
            || e.problem() instanceof SchemaProblem.StaleWriter
            || e.problem() instanceof DeliveryProblem.StaleController);
  }
}
