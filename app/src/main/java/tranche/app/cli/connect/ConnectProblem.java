package tranche.app.cli.connect;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can go wrong before the control plane is even asked.
public sealed interface ConnectProblem extends Problem {
  /// No folder that was looked into belongs to a running control plane.
  record NoControlPlane(List<Path> looked) implements ConnectProblem {
    public NoControlPlane {
      looked = List.copyOf(looked);
    }

    @Override
    public String code() {
      return "no-control-plane";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "No control plane was found; looked for "
          + looked.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String why() {
      return "A running control plane leaves its address there; every command asks it.";
    }

    @Override
    public String fix() {
      return "Start one with `tranche up` or `tranche demo --keep`, or name one with `--data DIR`"
          + " or `--server URL --token-file FILE`.";
    }
  }

  /// A file that is needed cannot be read, or holds something else.
  record FileNotUsable(Path file, String cause) implements ConnectProblem {
    @Override
    public String code() {
      return "connection-file-unusable";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "File " + file + " " + cause;
    }

    @Override
    public String why() {
      return "It says where the control plane is or proves that you may ask it.";
    }

    @Override
    public String fix() {
      return "Run this as the user who started the control plane, or start it again with"
          + " `tranche up`: it writes the file anew.";
    }
  }

  /// An address was named, but not where its token is.
  record TokenFileNotNamed(String server) implements ConnectProblem {
    @Override
    public String code() {
      return "token-file-not-named";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.BAD_REQUEST;
    }

    @Override
    public String what() {
      return "Server " + server + " is named, but not the file with its token";
    }

    @Override
    public String why() {
      return "A token found elsewhere could belong to another control plane and is not sent to"
          + " this one.";
    }

    @Override
    public String fix() {
      return "Add `--token-file FILE`, or set TRANCHE_TOKEN_FILE.";
    }
  }

  /// The address is none of a control plane.
  record AddressNotUnderstood(String address) implements ConnectProblem {
    @Override
    public String code() {
      return "address-not-understood";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.BAD_REQUEST;
    }

    @Override
    public String what() {
      return "Address '" + address + "' is not of the form http://host:port or https://host:port";
    }

    @Override
    public String why() {
      return "The control plane speaks HTTP; the address names its root, without user or query.";
    }

    @Override
    public String fix() {
      return "Correct `--server` or TRANCHE_SERVER, for instance http://127.0.0.1:8080.";
    }
  }
}
