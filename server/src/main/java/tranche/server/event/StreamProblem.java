package tranche.server.event;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with following the journal.
public sealed interface StreamProblem extends Problem {
  /// No more readers at once.
  record TooManyStreams(int limit) implements StreamProblem {
    @Override
    public String code() {
      return "too-many-streams";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "All " + limit + " event streams of this control plane are taken";
    }

    @Override
    public String why() {
      return "Each reader costs memory and work; the limit keeps readers from slowing rollouts.";
    }

    @Override
    public String fix() {
      return "Close a console page or a `tranche rollout watch`, or poll the rollout's journal"
          + " instead.";
    }
  }
}
