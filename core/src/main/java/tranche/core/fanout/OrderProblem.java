package tranche.core.fanout;

import java.util.List;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with what sets of stores require of each other.
public sealed interface OrderProblem extends Problem {
  @Override
  default ProblemKind kind() {
    return ProblemKind.BAD_REQUEST;
  }

  /// Sets wait for each other.
  record SetsInCircle(List<String> circle) implements OrderProblem {
    public SetsInCircle {
      circle = List.copyOf(circle);
    }

    @Override
    public String code() {
      return "store-sets-in-circle";
    }

    @Override
    public String what() {
      return "Sets of stores wait for each other: " + String.join(" waits for ", circle);
    }

    @Override
    public String why() {
      return "Shared sets come before those of tenants, and a set comes after those that its"
          + " migrations require; so none of these could ever begin.";
    }

    @Override
    public String fix() {
      return "Remove one of the `requires=` headers, or the order in the configuration, and put the"
          + " change that needs it into a later release.";
    }
  }

  /// A set is required that nobody declared.
  record SetUnknown(String set, String required, List<String> known) implements OrderProblem {
    public SetUnknown {
      known = List.copyOf(known);
    }

    @Override
    public String code() {
      return "store-set-unknown";
    }

    @Override
    public String what() {
      return "Migrations of '" + set + "' require '" + required + "', which is no set of stores";
    }

    @Override
    public String why() {
      return "Declared are " + String.join(", ", known) + ".";
    }

    @Override
    public String fix() {
      return "Correct the name in the `requires=` header, or declare the set.";
    }
  }

  /// Two sets have one name.
  record SetTwice(String set) implements OrderProblem {
    @Override
    public String code() {
      return "store-set-twice";
    }

    @Override
    public String what() {
      return "Two sets of stores are called '" + set + "'";
    }

    @Override
    public String why() {
      return "Requirements name sets, so a name must mean one of them.";
    }

    @Override
    public String fix() {
      return "Give one of them another name.";
    }
  }
}
