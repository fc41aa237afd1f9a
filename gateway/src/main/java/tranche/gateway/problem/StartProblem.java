package tranche.gateway.problem;

import tranche.core.problem.ProblemKind;

/// Why a gateway process does not start.
public sealed interface StartProblem extends GatewayProblem {

  /// The command line is not `--config FILE`.
  record Usage(String given) implements StartProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-usage",
          new Kind(ProblemKind.BAD_REQUEST, 400),
          "The arguments are [" + given + "]",
          "The gateway takes exactly one option, --config FILE",
          "Start it with --config and the path of its configuration file");
    }
  }

  /// A key of the configuration is missing, unknown or has a value that cannot be used.
  record ConfigWrong(String file, String key, String found, String expected)
      implements StartProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-config-wrong",
          new Kind(ProblemKind.BAD_REQUEST, 400),
          "Key " + key + " of " + file + " is " + found,
          "The gateway expects " + expected,
          "Correct " + key + " in " + file + " and start the gateway again");
    }
  }

  /// The configuration file cannot be read or is not JSON.
  record ConfigUnreadable(String file, String reason) implements StartProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-config-unreadable",
          new Kind(ProblemKind.ENVIRONMENT, 500),
          "Configuration file " + file + " cannot be read",
          reason,
          "Create " + file + " as JSON, readable by the user that runs the gateway");
    }
  }

  /// The configuration file, which holds tokens, is open to other users.
  record ConfigExposed(String file, String permissions) implements StartProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-config-exposed",
          new Kind(ProblemKind.BAD_REQUEST, 400),
          "Configuration file " + file + " has the permissions " + permissions,
          "It holds tokens, and users other than its owner can read or change it",
          "Run chmod 600 " + file + " and start the gateway again");
    }
  }

  /// An address cannot be listened on.
  record PortTaken(String listener, String address, String reason) implements StartProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-port-taken",
          new Kind(ProblemKind.ENVIRONMENT, 500),
          "The gateway cannot listen on " + address + " (" + listener + ")",
          reason,
          "Stop the process that uses "
              + address
              + ", or set "
              + listener
              + ".port to another port");
    }
  }

  /// The state folder cannot be created or written.
  record StateNotWritable(String folder, String reason) implements StartProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-state-not-writable",
          new Kind(ProblemKind.ENVIRONMENT, 500),
          "State folder " + folder + " cannot be written",
          reason,
          "Make " + folder + " a folder that the user running the gateway can write");
    }
  }

  /// Another gateway process uses the state folder.
  record StateInUse(String folder) implements StartProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-state-in-use",
          new Kind(ProblemKind.ENVIRONMENT, 500),
          "State folder " + folder + " is in use by another gateway process",
          "Two gateways on one folder would overwrite each other's routing table",
          "Stop the other gateway (its pid is in gateway.json), or give this one its own"
              + " stateFolder");
    }
  }

  /// The stored routing table cannot be trusted.
  record RoutesDamaged(String file, String reason) implements StartProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-routes-damaged",
          new Kind(ProblemKind.ENVIRONMENT, 500),
          "Stored routing table " + file + " cannot be used: " + reason,
          "Serving a guessed table could send a tenant to a release that its data does not fit, and"
              + " starting empty would forget which table version was the newest",
          "Move "
              + file
              + " aside, start the gateway, and put the full table again with PUT /v1/routes");
    }
  }
}
