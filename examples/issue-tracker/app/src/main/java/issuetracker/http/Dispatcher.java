package issuetracker.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import issuetracker.instance.Instance;
import issuetracker.instance.Placement;
import issuetracker.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/// Finds the route and the tenant of a request, answers it and counts it. Whatever goes wrong is
/// answered as JSON with `error` and `fix`; only what nobody foresaw is logged as well.
public final class Dispatcher implements HttpHandler {
  private final Instance instance;
  private final List<Route> routes;
  private final Metrics metrics;
  private final Log log;
  private final BooleanSupplier draining;
  private final Semaphore permits = new Semaphore(WebServer.MAX_IN_FLIGHT);

  /// A dispatcher over these routes.
  ///
  /// @param instance whose tenants are served; its release is what `X-Release` says
  /// @param routes all endpoints
  /// @param metrics counts the answers
  /// @param log told of answers with 500
  /// @param draining whether connections are to be closed after each answer
  public Dispatcher(
      Instance instance, List<Route> routes, Metrics metrics, Log log, BooleanSupplier draining) {
    this.instance = instance;
    this.routes = List.copyOf(routes);
    this.metrics = metrics;
    this.log = log;
    this.draining = draining;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    long start = System.nanoTime();
    metrics.started();
    String route = "other";
    int status = 500;
    try (exchange) {
      Optional<Match> match = match(exchange);
      route = match.map(found -> found.route().pattern()).orElse(route);
      Response response = answer(exchange, match);
      status = response.status();
      send(exchange, response);
    } finally {
      metrics.finished(
          HttpText.method(exchange.getRequestMethod()), route, status, System.nanoTime() - start);
    }
  }

  private Optional<Match> match(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    for (Route route : routes) {
      if (route.method().equals(exchange.getRequestMethod())) {
        Optional<Map<String, String>> values = route.match(path);
        if (values.isPresent()) {
          return Optional.of(new Match(route, values.get()));
        }
      }
    }
    return Optional.empty();
  }

  private Response answer(HttpExchange exchange, Optional<Match> match) {
    if (!permits.tryAcquire()) {
      return failed(new Failure(503, "too many requests at once", "Try again in a second."));
    }
    try {
      Match found = match.orElseThrow(() -> noRoute(exchange));
      return switch (found.route()) {
        case Route.ForPlatform(_, _, var answer) -> answer.get();
        case Route.ForTenant(_, _, var answer) -> {
          Placement placement = placement(exchange);
          exchange.getResponseHeaders().set("X-Tenant", placement.tenant());
          yield answer.apply(request(exchange, placement, found.values()));
        }
      };
    } catch (Failure failure) {
      return failed(exchange, failure);
    } catch (IOException e) {
      return failed(exchange, new Failure(400, "the body ended early", "Send the whole body."));
    } catch (RuntimeException e) {
      log.error("request-failed", new JsonObject().put("method", exchange.getRequestMethod()), e);
      return failed(
          exchange, new Failure(500, "this request met a defect", "Report it to the operator."));
    } finally {
      permits.release();
    }
  }

  private static TenantRequest request(
      HttpExchange exchange, Placement placement, Map<String, String> values) throws IOException {
    return new TenantRequest(
        placement,
        values,
        HttpText.query(exchange.getRequestURI().getRawQuery()),
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-User")),
        body(exchange));
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(WebServer.MAX_BODY_BYTES + 1);
    if (body.length > WebServer.MAX_BODY_BYTES) {
      exchange.getResponseHeaders().set("Connection", "close");
      throw new Failure(
          413,
          "the body is larger than " + WebServer.MAX_BODY_BYTES + " bytes",
          "Send a shorter text.");
    }
    return body;
  }

  private Placement placement(HttpExchange exchange) {
    String id = HttpText.tenant(exchange.getRequestHeaders());
    Placement placement = instance.tenants().get(id);
    if (placement == null) {
      throw new Failure(
          404,
          "this instance serves no tenant \"" + HttpText.printable(id) + "\"",
          "Name a tenant in the X-Tenant header or as the first label of the host.");
    }
    return placement;
  }

  private Failure noRoute(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    List<String> methods =
        routes.stream().filter(r -> r.match(path).isPresent()).map(Route::method).toList();
    if (methods.isEmpty()) {
      return new Failure(404, "there is nothing at this path", "See the table of endpoints.");
    }
    exchange.getResponseHeaders().set("Allow", String.join(", ", methods));
    return new Failure(
        405, "this path does not know the method", "Use " + String.join(" or ", methods) + ".");
  }

  private static Response failed(HttpExchange exchange, Failure failure) {
    JsonObject body = new JsonObject();
    String tenant = exchange.getResponseHeaders().getFirst("X-Tenant");
    if (tenant != null) {
      body.put("tenant", tenant);
    }
    return Response.json(failure.status(), failure.describe(body));
  }

  private static Response failed(Failure failure) {
    return Response.json(failure.status(), failure.describe(new JsonObject()));
  }

  private void send(HttpExchange exchange, Response response) throws IOException {
    exchange.getResponseHeaders().set("X-Release", instance.identity().release());
    if (draining.getAsBoolean()) {
      exchange.getResponseHeaders().set("Connection", "close");
    }
    boolean bodiless = response.status() == 204 || exchange.getRequestMethod().equals("HEAD");
    if (bodiless) {
      exchange.sendResponseHeaders(response.status(), -1);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", response.contentType());
    exchange.sendResponseHeaders(response.status(), response.body().length);
    exchange.getResponseBody().write(response.body());
  }

  private record Match(Route route, Map<String, String> values) {}
}
