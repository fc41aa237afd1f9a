package tranche.gateway.problem;

import tranche.core.problem.ProblemKind;

/// What a client of the routed application can be answered by the gateway itself. The texts name no
/// tenant other than the one the client named, and no instance address.
public sealed interface TrafficProblem extends GatewayProblem {

  /// The request names no tenant, or one that is not routed here.
  record TenantUnknown() implements TrafficProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-tenant-unknown",
          new Kind(ProblemKind.NOT_FOUND, 404),
          "The request names no tenant that is served here",
          "The tenant is taken from the first label of the host name or from the tenant header",
          "Check the host name or the tenant header of the request");
    }
  }

  /// Host and header name different tenants.
  record TenantContradiction(String reason) implements TrafficProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-tenant-contradiction",
          new Kind(ProblemKind.BAD_REQUEST, 400),
          reason,
          "A request that names two tenants could show the data of one to the other",
          "Name one tenant: in the host name, in the tenant header, or the same in both");
    }
  }

  /// The request is ambiguous or not supported at HTTP level.
  record RequestRefused(int status, String reason) implements TrafficProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-request-refused",
          new Kind(ProblemKind.BAD_REQUEST, status),
          reason,
          "Two servers could read such a request differently, or the gateway does not offer it",
          "Send the request in plain HTTP/1.1 with one Host and one way of giving the body length");
    }
  }

  /// The gateway has not been given a routing table yet.
  record NoRoutes() implements TrafficProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-no-routes",
          new Kind(ProblemKind.ENVIRONMENT, 503),
          "The gateway has no routing table yet",
          "It was just installed and no table has been put",
          "Start the control plane, or put a table with PUT /v1/routes, then repeat the request");
    }
  }

  /// None of the arms that may take the tenant's traffic has a ready instance.
  record NoReadyInstance() implements TrafficProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-no-ready-instance",
          new Kind(ProblemKind.ENVIRONMENT, 503),
          "No instance that may serve this tenant is ready",
          "A request is sent only to an instance that answered its readiness check",
          "Look at GET /v1/instances for the reason of each instance; clients may repeat in 1 s");
    }
  }

  /// Ready instances exist, but each has as many requests in flight as it may.
  record InstancesFull() implements TrafficProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-instances-full",
          new Kind(ProblemKind.ENVIRONMENT, 503),
          "Every ready instance has as many requests in flight as it may",
          "The limit limits.maxConnectionsPerInstance protects the instances from overload",
          "Repeat in 1 s; add instances if it persists");
    }
  }

  /// The connection to the application failed and the request may not be sent again.
  record UpstreamFailed(String reason) implements TrafficProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-upstream-failed",
          new Kind(ProblemKind.FAILED, 502),
          reason,
          "The gateway repeats a request only where a second execution cannot do harm",
          "Check whether the request took effect before repeating it");
    }
  }

  /// The application did not answer in time.
  record UpstreamTimeout(long limitMillis) implements TrafficProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-upstream-timeout",
          new Kind(ProblemKind.FAILED, 504),
          "The application did not answer within " + limitMillis + " ms",
          "A request has at most limits.requestTimeoutMillis, so that a hanging instance holds"
              + " nobody up",
          "Check whether the request took effect before repeating it");
    }
  }

  /// The client did not send its body in time.
  record ClientSlow(long limitMillis) implements TrafficProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-client-slow",
          new Kind(ProblemKind.BAD_REQUEST, 408),
          "The request body did not arrive within " + limitMillis + " ms",
          "A request has at most limits.requestTimeoutMillis from its first to its last byte",
          "Send the body faster or in smaller requests");
    }
  }

  /// The body is larger than allowed.
  record BodyTooLarge(long limitBytes) implements TrafficProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-body-too-large",
          new Kind(ProblemKind.BAD_REQUEST, 413),
          "The request body is larger than " + limitBytes + " bytes",
          "limits.maxBodyBytes bounds every request body",
          "Send a smaller body, or raise limits.maxBodyBytes");
    }
  }

  /// A preview was asked for without the right token or without naming an arm.
  record PreviewRefused(int status, String reason) implements TrafficProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-preview-refused",
          new Kind(status == 403 ? ProblemKind.NOT_ALLOWED : ProblemKind.BAD_REQUEST, status),
          reason,
          "A preview reaches a release before its tenants do, so it needs a token and a named arm",
          "Send X-Tranche-Preview with the configured token and X-Tranche-Arm with a release");
    }
  }

  /// The arm asked for in a preview is not in the tenant's cell or has no ready instance.
  record PreviewNotReady(String release) implements TrafficProblem {
    @Override
    public Text text() {
      return new Text(
          "gateway-preview-not-ready",
          new Kind(ProblemKind.ENVIRONMENT, 503),
          "Arm " + release + " has no ready instance in the cell of this tenant",
          "A preview goes to the named arm only and never falls back to another",
          "Deploy the release to the cell and wait until GET /v1/instances shows it ready");
    }
  }
}
