package tranche.gateway.problem;

import tranche.core.problem.ProblemKind;

/// Why the admin interface does not do what a request asks.
public sealed interface AdminProblem extends GatewayProblem {

  /// No bearer token, or not the configured one.
  record TokenWrong() implements AdminProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-admin-token-wrong",
          new Kind(ProblemKind.NOT_ALLOWED, 401),
          "The request carries no valid bearer token",
          "The admin interface answers only callers that know the token of its configuration",
          "Send the header Authorization: Bearer TOKEN with the value of admin.token");
    }
  }

  /// No such path or method.
  record PathUnknown(String method, String path) implements AdminProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-admin-path-unknown",
          new Kind(ProblemKind.NOT_FOUND, 404),
          "There is no " + method + " " + path + " in the admin interface",
          "The admin interface has a fixed set of paths and methods",
          "Use one of the requests listed in the gateway reference");
    }
  }

  /// The body or a query parameter cannot be understood.
  record RequestWrong(String what, String why) implements AdminProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-admin-request-wrong",
          new Kind(ProblemKind.BAD_REQUEST, 400),
          what,
          why,
          "Correct the request as described in the gateway reference and send it again");
    }
  }

  /// The body is larger than an admin request may be.
  record RequestTooLarge(long limitBytes) implements AdminProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-admin-request-too-large",
          new Kind(ProblemKind.BAD_REQUEST, 413),
          "The request body is larger than " + limitBytes + " bytes",
          "Every admin request has a size limit so that the gateway keeps its memory bound",
          "Split the request: several PATCH /v1/routes with rising versions, or fewer ids");
    }
  }

  /// A defect of the gateway.
  record Bug(String reference) implements AdminProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-bug",
          new Kind(ProblemKind.BUG, 500),
          "The gateway failed to handle the request (" + reference + ")",
          "A defect in the gateway; its log has the details under " + reference,
          "Report the log lines that carry " + reference + "; routing goes on unchanged");
    }
  }
}
