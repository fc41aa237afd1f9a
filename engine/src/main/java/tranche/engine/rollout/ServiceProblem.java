package tranche.engine.rollout;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with a request to the engine.
public sealed interface ServiceProblem extends Problem {
  /// One rollout at a time.
  record RolloutInProgress(String rollout) implements ServiceProblem {
    @Override
    public String code() {
      return "rollout-in-progress";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "Rollout " + rollout + " has not ended";
    }

    @Override
    public String why() {
      return "Two rollouts at once would not know of each other's tenants and stores.";
    }

    @Override
    public String fix() {
      return "Let it end, or run `tranche rollout revert "
          + rollout
          + " --all --reason ...` or `tranche rollout cancel "
          + rollout
          + " --reason ...`.";
    }
  }

  /// No rollout of that id.
  record UnknownRollout(String rollout) implements ServiceProblem {
    @Override
    public String code() {
      return "unknown-rollout";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.NOT_FOUND;
    }

    @Override
    public String what() {
      return "There is no rollout " + rollout;
    }

    @Override
    public String why() {
      return "Rollouts are named r-1, r-2, ... in the order of their start.";
    }

    @Override
    public String fix() {
      return "Run `tranche rollout list`.";
    }
  }

  /// No plan of that hash.
  record UnknownPlan(String plan) implements ServiceProblem {
    @Override
    public String code() {
      return "unknown-plan";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.NOT_FOUND;
    }

    @Override
    public String what() {
      return "There is no plan " + plan;
    }

    @Override
    public String why() {
      return "Plans are named by the first digits of their hash, at least seven.";
    }

    @Override
    public String fix() {
      return "Run `tranche plan --to RELEASE`.";
    }
  }

  /// The fleet is not as the plan found it.
  record PlanIsStale(String plan, String now) implements ServiceProblem {
    @Override
    public String code() {
      return "plan-is-stale";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "Plan " + plan + " no longer fits the fleet: " + now;
    }

    @Override
    public String why() {
      return "Tenants, releases or schema versions have changed since it was made; what was looked"
          + " at is not what would run.";
    }

    @Override
    public String fix() {
      return "Run `tranche plan` again, look at it, and start the new plan.";
    }
  }

  /// The rollout is in a state in which this makes no sense.
  record NotNow(String rollout, String command, String state) implements ServiceProblem {
    @Override
    public String code() {
      return "not-now";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "Rollout " + rollout + " cannot " + command + ": " + state;
    }

    @Override
    public String why() {
      return "The request does not fit what the rollout is doing.";
    }

    @Override
    public String fix() {
      return "Run `tranche rollout show " + rollout + "` to see what it waits for.";
    }
  }

  /// This control plane may not act at present.
  record NotInCharge(String state) implements ServiceProblem {
    @Override
    public String code() {
      return "not-in-charge";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "This control plane may not act: " + state;
    }

    @Override
    public String why() {
      return "Only the holder of the lease acts, so that two never do.";
    }

    @Override
    public String fix() {
      return "Wait until the lease of the other control plane has run out, or ask that one.";
    }
  }
}
