package tranche.engine.journal;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with acting and recording.
public sealed interface JournalProblem extends Problem {
  /// Another process took the lease over.
  record LeaseLost(long epoch) implements JournalProblem {
    @Override
    public String code() {
      return "lease-lost";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "This control plane no longer holds the lease (fencing number " + epoch + ")";
    }

    @Override
    public String why() {
      return "Another one took over, or this one could not renew in time; two must never act at"
          + " once.";
    }

    @Override
    public String fix() {
      return "Use the control plane that holds the lease; restart this one to wait for its turn.";
    }
  }
}
