package tranche.server.http;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with a request before anything is asked of the control plane.
public sealed interface RequestProblem extends Problem {
  /// A text from outside, short and on one line, to be shown.
  static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() > 80 ? line.substring(0, 80) + "..." : line;
  }

  /// No token, or another one.
  record NotSignedIn(String state) implements RequestProblem {
    @Override
    public String code() {
      return "not-signed-in";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.NOT_ALLOWED;
    }

    @Override
    public String what() {
      return "The request " + state;
    }

    @Override
    public String why() {
      return "Whoever has the token of a control plane may change the fleet; nobody else may even"
          + " look.";
    }

    @Override
    public String fix() {
      return "Send `Authorization: Bearer TOKEN` with the token from the data folder of the control"
          + " plane, or name its file with `--token-file FILE`.";
    }
  }

  /// The request is meant for another server, or a page in a browser was led here.
  record HostNotServed(String host) implements RequestProblem {
    @Override
    public String code() {
      return "host-not-served";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.BAD_REQUEST;
    }

    @Override
    public String what() {
      return "The request names host '" + shown(host) + "', which this control plane is not called";
    }

    @Override
    public String why() {
      return "A web page could otherwise reach it through a name of its own that leads to this"
          + " machine.";
    }

    @Override
    public String fix() {
      return "Use http://127.0.0.1 or http://localhost with the port, or the host under which it"
          + " was started.";
    }
  }

  /// Nothing has that address.
  record NoSuchRoute(String request) implements RequestProblem {
    @Override
    public String code() {
      return "no-such-route";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.NOT_FOUND;
    }

    @Override
    public String what() {
      return "There is nothing at " + request;
    }

    @Override
    public String why() {
      return "The path or the method is not one of this API's, or belongs to another version.";
    }

    @Override
    public String fix() {
      return "Look at GET /api/v1/openapi.yaml, which lists every route.";
    }
  }

  /// A value outside what is allowed.
  record ValueNotAllowed(String name, String value, String allowed) implements RequestProblem {
    @Override
    public String code() {
      return "value-not-allowed";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.BAD_REQUEST;
    }

    @Override
    public String what() {
      return value.isEmpty()
          ? name + " cannot be used: " + allowed
          : name + " '" + shown(value) + "' cannot be used: " + allowed;
    }

    @Override
    public String why() {
      return "A value that is not understood could be taken for another one.";
    }

    @Override
    public String fix() {
      return "Give " + name + " a value that fits: " + allowed + ".";
    }
  }

  /// The body cannot be read as JSON of the expected form.
  record BodyNotJson(String reason) implements RequestProblem {
    @Override
    public String code() {
      return "body-not-json";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.BAD_REQUEST;
    }

    @Override
    public String what() {
      return "The body is not understood: " + reason;
    }

    @Override
    public String why() {
      return "A request is JSON of the form that its route describes, with no other members.";
    }

    @Override
    public String fix() {
      return "Send `Content-Type: application/json` and a body as GET /api/v1/openapi.yaml"
          + " describes it.";
    }
  }

  /// The body is too large.
  record BodyTooLarge(int limitKilobytes) implements RequestProblem {
    @Override
    public String code() {
      return "body-too-large";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.BAD_REQUEST;
    }

    @Override
    public String what() {
      return "The body is larger than " + limitKilobytes + " kB";
    }

    @Override
    public String why() {
      return "No request needs that much; the limit keeps one caller from filling the memory.";
    }

    @Override
    public String fix() {
      return "Name fewer tenants in one request, or use `*` in place of a list.";
    }
  }

  /// The key stands for another request.
  record KeyReused(String key) implements RequestProblem {
    @Override
    public String code() {
      return "idempotency-key-reused";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "Idempotency key '" + shown(key) + "' was used for another request";
    }

    @Override
    public String why() {
      return "A key names one request for 24 hours; answering this one with the other's answer"
          + " would be wrong.";
    }

    @Override
    public String fix() {
      return "Send a new key with every new request, and the old one only to repeat the same.";
    }
  }

  /// The same request is being carried out.
  record RequestUnderWay(String key) implements RequestProblem {
    @Override
    public String code() {
      return "request-under-way";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "The request with idempotency key '" + shown(key) + "' is being carried out";
    }

    @Override
    public String why() {
      return "It was sent before and has not been answered yet; two at once could do it twice.";
    }

    @Override
    public String fix() {
      return "Wait some seconds, then send it again with the same key.";
    }
  }
}
