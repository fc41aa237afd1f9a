package tranche.postgres.json;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What is stored cannot be understood.
///
/// @param type what was to be read: Event, Plan or Release
/// @param reason what is wrong with it
public record StoredJsonProblem(String type, String reason) implements Problem {
  @Override
  public String code() {
    return "stored-record-unreadable";
  }

  @Override
  public ProblemKind kind() {
    return ProblemKind.ENVIRONMENT;
  }

  @Override
  public String what() {
    return "A stored " + type + " cannot be read: " + reason;
  }

  @Override
  public String why() {
    return "It was written by another version of Tranche, or changed by hand; guessing at history"
        + " could make the engine act on something that did not happen.";
  }

  @Override
  public String fix() {
    return "Run the version of Tranche that wrote it, or restore the control database from a"
        + " backup.";
  }
}
