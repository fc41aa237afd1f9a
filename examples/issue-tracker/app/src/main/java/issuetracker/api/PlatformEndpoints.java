package issuetracker.api;

import issuetracker.http.Failure;
import issuetracker.http.Metrics;
import issuetracker.http.Response;
import issuetracker.http.Route;
import issuetracker.instance.Instance;
import issuetracker.json.JsonObject;
import issuetracker.store.StoreCheck;
import java.util.List;
import java.util.function.BooleanSupplier;

/// What the platform asks: `/health`, `/ready`, `/version` and `/metrics`.
public final class PlatformEndpoints {
  private final Instance.Identity identity;
  private final StoreCheck check;
  private final Metrics metrics;
  private final BooleanSupplier draining;

  /// Endpoints of a process that is ready while the check finds no problem and it is not draining.
  public PlatformEndpoints(
      Instance.Identity identity, StoreCheck check, Metrics metrics, BooleanSupplier draining) {
    this.identity = identity;
    this.check = check;
    this.metrics = metrics;
    this.draining = draining;
  }

  /// What to serve.
  public List<Route> routes() {
    return List.of(
        new Route.ForPlatform(
            "GET", "/health", () -> Response.json(200, new JsonObject().put("status", "alive"))),
        new Route.ForPlatform("GET", "/ready", this::ready),
        new Route.ForPlatform("GET", "/version", this::version),
        new Route.ForPlatform(
            "GET",
            "/metrics",
            () -> Response.text("text/plain; version=0.0.4; charset=utf-8", metrics.render())));
  }

  private Response ready() {
    if (draining.getAsBoolean()) {
      throw new Failure(503, "this instance is shutting down", "Send requests to another one.");
    }
    check
        .problem()
        .ifPresent(problem -> {
          throw new Failure(503, problem, "Repair the database, or wait until it is migrated.");
        });
    return Response.json(200, new JsonObject().put("status", "ready"));
  }

  private Response version() {
    return Response.json(
        200,
        new JsonObject()
            .put("release", identity.release())
            .put("instance", identity.instance())
            .put("cell", identity.cell()));
  }
}
