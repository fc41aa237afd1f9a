package tranche.postgres.selection;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// A database that was named on the command line does not answer, does not exist, or refuses the
/// login.
///
/// @param address server and database
/// @param user as whom it was tried
/// @param message what the server or the driver said
public record TargetUnreachable(String address, String user, String message) implements Problem {
  @Override
  public String code() {
    return "target-unreachable";
  }

  @Override
  public ProblemKind kind() {
    return ProblemKind.ENVIRONMENT;
  }

  @Override
  public String what() {
    return "Database " + address + " cannot be reached as " + user + ": " + message;
  }

  @Override
  public String why() {
    return "There is no connection, the database does not exist, or the server refused the login."
        + " Nothing was done.";
  }

  @Override
  public String fix() {
    return "Check host, port, database and user in --url, that the server runs, and the password in"
        + " PGPASSWORD, --password-file or ~/.pgpass.";
  }
}
