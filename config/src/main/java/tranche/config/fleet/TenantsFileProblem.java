package tranche.config.fleet;

import java.nio.file.Path;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// Why a tenant cannot be written into the file that lists tenants.
public sealed interface TenantsFileProblem extends Problem {
  /// The file cannot be replaced by one with a line more.
  record NotWritten(Path file, String message) implements TenantsFileProblem {
    @Override
    public String code() {
      return "tenants-file-not-written";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "No tenant can be added to " + file + ": " + message;
    }

    @Override
    public String why() {
      return "The file is replaced as a whole, by one with a line more and the same owner and"
          + " permissions, so that nobody ever reads half of it. It is unchanged.";
    }

    @Override
    public String fix() {
      return "Make the file and its folder writable for this user, then run the same command"
          + " again.";
    }
  }

  /// The file has no column for something that is to be written.
  record ColumnMissing(Path file, String column, String value) implements TenantsFileProblem {
    @Override
    public String code() {
      return "tenants-file-column-missing";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.BAD_REQUEST;
    }

    @Override
    public String what() {
      return file + " has no column '" + column + "' for '" + value + "'";
    }

    @Override
    public String why() {
      return "The new line has the columns of the header line; lines that are there are not"
          + " changed.";
    }

    @Override
    public String fix() {
      return "Leave --" + column + " out, or add the column to the file, to each of its lines.";
    }
  }
}
