package tranche.server;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with starting to serve.
public sealed interface ServerProblem extends Problem {
  @Override
  default ProblemKind kind() {
    return ProblemKind.ENVIRONMENT;
  }

  /// Somebody else listens there.
  record PortTaken(String host, int port) implements ServerProblem {
    @Override
    public String code() {
      return "port-taken";
    }

    @Override
    public String what() {
      return "Port " + port + " on " + host + " is taken";
    }

    @Override
    public String why() {
      return "Another process listens there, perhaps a control plane that is still running.";
    }

    @Override
    public String fix() {
      return "End that process (`ss -ltnp sport = :"
          + port
          + "` names it), or choose another port.";
    }
  }

  /// The address is not one of this machine's, or may not be used.
  record AddressNotUsable(String host, int port, String cause) implements ServerProblem {
    @Override
    public String code() {
      return "address-not-usable";
    }

    @Override
    public String what() {
      return "Address " + host + ":" + port + " cannot be listened on: " + cause;
    }

    @Override
    public String why() {
      return "It is not an address of this machine, or ports below 1024 need a right that this"
          + " process does not have.";
    }

    @Override
    public String fix() {
      return "Use 127.0.0.1 and a port above 1023, or an address that `ip addr` lists.";
    }
  }
}
