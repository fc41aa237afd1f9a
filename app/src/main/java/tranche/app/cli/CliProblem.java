package tranche.app.cli;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with a command that the parser accepts, and what may go wrong in the command
/// itself.
sealed interface CliProblem extends Problem {
  @Override
  default ProblemKind kind() {
    return ProblemKind.BAD_REQUEST;
  }

  /// The command line is not understood.
  record CommandNotUnderstood(String cause, String help) implements CliProblem {
    @Override
    public String code() {
      return "command-not-understood";
    }

    @Override
    public String what() {
      return cause;
    }

    @Override
    public String why() {
      return "A command runs only if every word of it is understood; nothing was done.";
    }

    @Override
    public String fix() {
      return "Look at `" + help + "`, then type the command again.";
    }
  }

  /// The id of a rollout was left out, and it is not clear which one is meant.
  record WhichRollout(String found) implements CliProblem {
    @Override
    public String code() {
      return "which-rollout";
    }

    @Override
    public String what() {
      return "No rollout was named, and there is " + found;
    }

    @Override
    public String why() {
      return "The id may be left out only while exactly one rollout has not ended.";
    }

    @Override
    public String fix() {
      return "Name one, as listed by `tranche rollout list`.";
    }
  }

  /// A selector does not have the form `key=value`.
  record SelectorNotUnderstood(String selector, String expected) implements CliProblem {
    @Override
    public String code() {
      return "selector-not-understood";
    }

    @Override
    public String what() {
      return "Selector '" + selector + "' is not understood; expected " + expected;
    }

    @Override
    public String why() {
      return "A selector that was guessed at could select others than you mean.";
    }

    @Override
    public String fix() {
      return "Write it like `-l tier=basic,region=eu-west`.";
    }
  }

  /// A span of time is not understood.
  record SpanNotUnderstood(String span) implements CliProblem {
    @Override
    public String code() {
      return "span-not-understood";
    }

    @Override
    public String what() {
      return "Time '" + span + "' is not understood";
    }

    @Override
    public String why() {
      return "It is a number from 1 to 100,000 and a unit: ms, s, m, h or d.";
    }

    @Override
    public String fix() {
      return "Write it like `--timeout 30m`.";
    }
  }

  /// What cannot be taken back needs a yes, and nobody is there to give it.
  record ConfirmationNeeded(String action) implements CliProblem {
    @Override
    public String code() {
      return "confirmation-needed";
    }

    @Override
    public String what() {
      return "Not confirmed: to " + action;
    }

    @Override
    public String why() {
      return "It concerns many tenants or cannot be taken back, so it is not done by accident.";
    }

    @Override
    public String fix() {
      return "Confirm when asked in a terminal, or add `--yes`.";
    }
  }

  /// The command has a defect.
  record Defect(String error, String report) implements CliProblem {
    @Override
    public String code() {
      return "cli-defect";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.BUG;
    }

    @Override
    public String what() {
      return "The command ended with an error that it does not know: " + error;
    }

    @Override
    public String why() {
      return "This is a defect in Tranche. What was asked may have been done.";
    }

    @Override
    public String fix() {
      return "See what was done with `tranche rollout list` or `tranche schema status`, then open"
          + " an issue with "
          + report
          + ".";
    }
  }
}
