package tranche.api.client;

import java.net.URI;
import java.time.Duration;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can go wrong between the client and the control plane. What the control plane itself says
/// is passed on as it was said.
public sealed interface ClientProblem extends Problem {
  @Override
  default ProblemKind kind() {
    return ProblemKind.ENVIRONMENT;
  }

  /// Nobody answers at the address, or the connection broke.
  record ServerUnreachable(URI server, String cause) implements ClientProblem {
    @Override
    public String code() {
      return "server-unreachable";
    }

    @Override
    public String what() {
      return "No control plane answers at " + server + ": " + cause;
    }

    @Override
    public String why() {
      return "Every command asks the control plane; without it nothing can be read or changed.";
    }

    @Override
    public String fix() {
      return "Start it with `tranche up`, or name another address with `--server URL`.";
    }
  }

  /// The answer took too long.
  record ServerTooSlow(URI server, String request, Duration timeout) implements ClientProblem {
    @Override
    public String code() {
      return "server-too-slow";
    }

    @Override
    public String what() {
      return "The control plane at "
          + server
          + " did not answer "
          + request
          + " within "
          + timeout.toSeconds()
          + " s";
    }

    @Override
    public String why() {
      return "It is busy, or waits for a database; what was asked may still be done.";
    }

    @Override
    public String fix() {
      return "Look with `tranche rollout list` before asking again, and into the log of the control"
          + " plane.";
    }
  }

  /// What answers does not speak as a control plane does.
  record AnswerNotUnderstood(URI server, String answer) implements ClientProblem {
    @Override
    public String code() {
      return "answer-not-understood";
    }

    @Override
    public String what() {
      return "What answers at " + server + " is not understood: " + answer;
    }

    @Override
    public String why() {
      return "Another program listens there, a proxy is in between, or the versions do not fit.";
    }

    @Override
    public String fix() {
      return "Check the address, and compare `tranche --version` with the version of the control"
          + " plane.";
    }
  }
}
