package tranche.gateway.admin;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tranche.gateway.route.RouteJson;
import tranche.gateway.route.RoutingTable;
import tranche.gateway.route.TableVersion;
import tranche.gateway.traffic.TenantTraffic;
import tranche.gateway.upstream.Health;
import tranche.gateway.upstream.LiveInstance;

/// The answers of the admin interface as JSON.
final class Answers {
  private static final JsonFactory JSON = new JsonFactory();

  private final Parts parts;

  Answers(Parts parts) {
    this.parts = parts;
  }

  static void text(HttpServerExchange exchange, String text) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
    exchange.getResponseSender().send(text);
  }

  static void version(HttpServerExchange exchange, TableVersion version) throws IOException {
    object(exchange, json -> version(json, version));
  }

  void metrics(HttpServerExchange exchange) {
    exchange
        .getResponseHeaders()
        .put(Headers.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    exchange
        .getResponseSender()
        .send(
            parts
                .tally()
                .metrics()
                .text(parts.routes().current().version(), parts.fleet().instances()));
  }

  void state(HttpServerExchange exchange) throws IOException {
    RoutingTable table = parts.routes().current();
    object(
        exchange,
        json -> {
          json.writeStringProperty("bootId", parts.boot().id());
          json.writeStringProperty("startedAt", parts.boot().at().toString());
          version(json, table.version());
          json.writeNumberProperty("cells", table.cells().size());
          json.writeNumberProperty("tenants", table.tenants().size());
        });
  }

  void routes(HttpServerExchange exchange) throws IOException {
    try (OutputStream out = stream(exchange)) {
      RouteJson.writeTable(parts.routes().current(), out);
    }
  }

  void tenants(HttpServerExchange exchange, Set<String> ids) throws IOException {
    RoutingTable table = parts.routes().current();
    object(
        exchange,
        json -> {
          version(json, table.version());
          json.writeName("routes");
          json.writeStartObject();
          for (String id : ids) {
            table.route(id).ifPresent(route -> RouteJson.writeRoute(id, route, json));
          }
          json.writeEndObject();
        });
  }

  void instances(HttpServerExchange exchange, String cell) throws IOException {
    List<LiveInstance> shown =
        parts.fleet().instances().stream()
            .filter(instance -> cell.isEmpty() || instance.identity().cell().equals(cell))
            .toList();
    try (JsonGenerator json = generator(exchange)) {
      json.writeStartArray();
      shown.forEach(instance -> instance(json, instance));
      json.writeEndArray();
    }
  }

  private static void instance(JsonGenerator json, LiveInstance instance) {
    Health health = instance.health();
    LiveInstance.Identity identity = instance.identity();
    json.writeStartObject();
    json.writeStringProperty("id", identity.id());
    json.writeStringProperty("cell", identity.cell());
    json.writeStringProperty("release", identity.release());
    json.writeStringProperty("host", identity.host());
    json.writeNumberProperty("port", identity.port());
    json.writeBooleanProperty("ready", health.ready());
    json.writeStringProperty("reason", health.reason());
    json.writeBooleanProperty("draining", instance.draining());
    json.writeBooleanProperty("listed", instance.listed());
    json.writeNumberProperty("inFlight", instance.inFlight());
    json.writeNumberProperty("requests", instance.requests());
    Instant at = health.lastCheckAt();
    json.writeName("lastCheckAt");
    if (at == null) {
      json.writeNull();
    } else {
      json.writeString(at.toString());
    }
    json.writeEndObject();
  }

  void stats(HttpServerExchange exchange, Set<String> tenants) throws IOException {
    Map<String, TenantTraffic.Sums> sums = parts.tally().tenants().sums(tenants);
    object(
        exchange,
        json -> {
          json.writeStringProperty("bootId", parts.boot().id());
          json.writeStringProperty("at", parts.clock().instant().toString());
          json.writeName("arms");
          json.writeStartObject();
          sums.forEach((release, sum) -> sums(json, release, sum));
          json.writeEndObject();
        });
  }

  private static void sums(JsonGenerator json, String release, TenantTraffic.Sums sum) {
    json.writeName(release);
    json.writeStartObject();
    json.writeNumberProperty("requests", sum.requests());
    json.writeNumberProperty("errors", sum.errors());
    json.writeNumberProperty("connectFailures", sum.connectFailures());
    json.writeName("latency");
    json.writeStartObject();
    numbers(json, "boundsMillis", TenantTraffic.boundsMillis());
    numbers(json, "counts", sum.latencyCounts());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void numbers(JsonGenerator json, String name, List<Long> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeNumber);
    json.writeEndArray();
  }

  private static void version(JsonGenerator json, TableVersion version) {
    json.writeNumberProperty("epoch", version.epoch());
    json.writeNumberProperty("version", version.version());
  }

  private static void object(HttpServerExchange exchange, Consumer<JsonGenerator> members)
      throws IOException {
    try (JsonGenerator json = generator(exchange)) {
      json.writeStartObject();
      members.accept(json);
      json.writeEndObject();
    }
  }

  private static JsonGenerator generator(HttpServerExchange exchange) {
    return JSON.createGenerator(ObjectWriteContext.empty(), stream(exchange));
  }

  private static OutputStream stream(HttpServerExchange exchange) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
    if (!exchange.isBlocking()) {
      exchange.startBlocking();
    }
    return new BufferedOutputStream(exchange.getOutputStream(), 1 << 14);
  }
}
