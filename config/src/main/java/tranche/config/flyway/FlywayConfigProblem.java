package tranche.config.flyway;

import java.nio.file.Path;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// A line of Flyway's configuration that is not understood. Values are not shown.
public record FlywayConfigProblem(Path file, int line, String reason) implements Problem {
  @Override
  public ProblemKind kind() {
    return ProblemKind.BAD_REQUEST;
  }

  @Override
  public String code() {
    return "flyway-config-line";
  }

  @Override
  public String what() {
    return "Line " + line + " of " + file + ": " + reason;
  }

  @Override
  public String why() {
    return "What the file was meant to change would silently not be changed.";
  }

  @Override
  public String fix() {
    return "Correct the line, or leave the file out and give placeholders and folders as"
        + " arguments.";
  }
}
