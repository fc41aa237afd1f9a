package tranche.drivers.gateway;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import tranche.core.fleet.CellId;
import tranche.core.fleet.Stickiness;
import tranche.core.fleet.TenantId;
import tranche.core.release.ReleaseId;
import tranche.core.secret.Secret;
import tranche.drivers.gateway.GatewaySettings.Front;
import tranche.drivers.gateway.GatewaySettings.Program;
import tranche.drivers.gateway.GatewaySettings.Tokens;
import tranche.drivers.http.BoundedHttp;
import tranche.engine.delivery.Arm;
import tranche.engine.delivery.Instance;
import tranche.engine.delivery.TenantRoute;
import tranche.engine.delivery.TenantRoute.ArmWeight;

/// A folder for a real gateway process, and applications for it to lead to.
record GatewayBench(Path folder) {
  static final Secret ADMIN = Secret.of("admin-token-of-this-test");
  static final Secret PREVIEW = Secret.of("preview-token-of-this-test");
  static final CellId CELL = new CellId("basic");

  GatewayProcess gateway(int frontPort) {
    return new GatewayProcess(settings(frontPort));
  }

  GatewaySettings settings(int frontPort) {
    return new GatewaySettings(
        folder.resolve("gateway"),
        new Program(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"),
            System.getProperty("java.class.path")),
        new Front("127.0.0.1", frontPort, List.of("header"), "X-Tenant", "X-User"),
        0,
        new Tokens(ADMIN, PREVIEW));
  }

  static Arm arm(String release) {
    return new Arm(CELL, new ReleaseId(release));
  }

  static TenantId tenant(String id) {
    return new TenantId(id);
  }

  /// A route by pairs of release and weight.
  static TenantRoute route(String tenant, ArmWeight... arms) {
    return new TenantRoute(tenant(tenant), CELL, List.of(arms), Stickiness.TENANT);
  }

  static ArmWeight share(String release, int weight) {
    return new ArmWeight(new ReleaseId(release), weight);
  }

  static Instance instance(String release, HttpServer application) {
    return new Instance(
        "basic@" + release + "-1",
        arm(release),
        "127.0.0.1",
        application.getAddress().getPort(),
        Instance.State.READY);
  }

  /// An application that answers every path with a status and a text.
  static HttpServer application(int status, String text) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    answer(server, "/", status, text);
    answer(server, "/ready", 200, "ready");
    server.start();
    return server;
  }

  private static void answer(HttpServer server, String path, int status, String text) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  /// What a customer of a tenant gets.
  static String get(RunningGateway gateway, String tenant) throws Exception {
    try (BoundedHttp http = new BoundedHttp(Duration.ofSeconds(10), 10_000)) {
      URI address = gateway.front().resolve("/x");
      return http.send(HttpRequest.newBuilder(address).header("X-Tenant", tenant).build()).text();
    }
  }
}
