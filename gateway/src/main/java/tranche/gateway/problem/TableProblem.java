package tranche.gateway.problem;

import tranche.core.problem.ProblemKind;

/// Why a routing table or an update of it is not taken over. The table in force is unchanged.
public sealed interface TableProblem extends GatewayProblem {

  /// The content contradicts itself or exceeds a limit.
  record TableWrong(String what, String why) implements TableProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-table-wrong",
          new Kind(ProblemKind.BAD_REQUEST, 400),
          what,
          why,
          "Correct this entry and send the whole request again; nothing of it was applied");
    }
  }

  /// The offered version is not newer than the one in force.
  record TableOutdated(String offered, long epoch, long version) implements TableProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-table-outdated",
          new Kind(ProblemKind.CONFLICT, 409),
          "Table " + offered + " was offered while " + epoch + "/" + version + " is in force",
          "A routing table is replaced only by a newer (epoch, version); an equal one must have the"
              + " same content",
          "Read GET /v1/routes, decide again, and send a version above " + epoch + "/" + version);
    }
  }

  /// The table could not be made durable.
  record TableNotStored(String file, String reason) implements TableProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-table-not-stored",
          new Kind(ProblemKind.ENVIRONMENT, 503),
          "The routing table could not be written to " + file,
          reason,
          "Free space or repair the permissions of the state folder, then send the request again");
    }
  }
}
