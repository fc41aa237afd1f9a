package tranche.server;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import tranche.api.HealthJson;
import tranche.api.VersionJson;
import tranche.api.Wire;
import tranche.core.problem.ProblemException;
import tranche.engine.control.ControlPlane;
import tranche.engine.request.IdempotencyKeys;
import tranche.server.event.EventRoute;
import tranche.server.event.StreamLimits;
import tranche.server.fleet.FleetRoutes;
import tranche.server.http.Doorkeeper;
import tranche.server.http.Once;
import tranche.server.http.Problems;
import tranche.server.http.Routes;
import tranche.server.release.ReleaseRoutes;
import tranche.server.rollout.PlanRoutes;
import tranche.server.rollout.RolloutRoutes;

/// Serves the API until it is closed. One virtual thread per request.
public final class HttpServer implements AutoCloseable {
  private static final String DOCUMENT = "/tranche/api/openapi.yaml";
  private static final int HEADER_LIMIT = 16 * 1024;

  private final Javalin javalin;
  private final EventRoute events;
  private final List<Routes.Declared> routes;

  /// Limits that tests make smaller. `idle` is after which time without a byte a connection is cut.
  record Limits(StreamLimits streams, Duration idle) {
    static final Limits DEFAULT = new Limits(StreamLimits.DEFAULT, Duration.ofSeconds(30));
  }

  private HttpServer(Javalin javalin, EventRoute events, List<Routes.Declared> routes) {
    this.javalin = javalin;
    this.events = events;
    this.routes = List.copyOf(routes);
  }

  /// Finds out whether it could be served there, before anything else is started. Port 0 always
  /// can.
  ///
  /// @throws ProblemException [ServerProblem.PortTaken] or [ServerProblem.AddressNotUsable]
  public static void requireFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As the server itself does: connections of a predecessor that linger do not count as taken.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw refused(host, port, new UncheckedIOException(e));
    }
  }

  /// Starts to serve.
  ///
  /// @throws ProblemException [ServerProblem.PortTaken] or [ServerProblem.AddressNotUsable]
  public static HttpServer start(HttpSettings settings, ControlPlane plane, IdempotencyKeys keys) {
    return start(settings, plane, keys, Limits.DEFAULT);
  }

  static HttpServer start(
      HttpSettings settings, ControlPlane plane, IdempotencyKeys keys, Limits limits) {
    EventRoute events = new EventRoute(plane, limits.streams());
    List<Routes.Declared> declared = new ArrayList<>();
    Javalin javalin =
        Javalin.create(config -> {
          configure(config);
          config.jetty.addConnector(
              (jetty, http) -> connector(jetty, http, settings, limits.idle()));
          new Doorkeeper(settings.token(), settings.allNames()).register(config);
          Problems.register(config);
          Routes routes = new Routes(config, new Once(keys), declared);
          general(config, routes, settings, plane);
          new FleetRoutes(plane).register(routes);
          new ReleaseRoutes(plane).register(routes);
          new PlanRoutes(plane).register(routes);
          new RolloutRoutes(plane).register(routes);
          events.register(routes);
        });
    try {
      javalin.start();
    } catch (RuntimeException e) {
      events.close();
      throw refused(settings.host(), settings.port(), e);
    }
    return new HttpServer(javalin, events, declared);
  }

  private static void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.jetty.modifyHttpConfiguration(http -> {
      http.setSendServerVersion(false);
      http.setRequestHeaderSize(HEADER_LIMIT);
    });
  }

  private static ServerConnector connector(
      Server jetty, HttpConfiguration http, HttpSettings settings, Duration idle) {
    ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(idle.toMillis());
    return connector;
  }

  private static void general(
      JavalinConfig config, Routes routes, HttpSettings settings, ControlPlane plane) {
    String front =
        "Tranche " + settings.version() + " - API at /api/v1, console is not built yet\n";
    config.routes.get("/", context -> context.contentType("text/plain").result(front));
    routes.get("/healthz", Set.of(), _ -> new HealthJson("ok"));
    routes.get("/version", Set.of(), _ -> new VersionJson(settings.version(), plane.isInCharge()));
    String document = document();
    routes.stream(
        "/openapi.yaml",
        Set.of(),
        ask -> ask.context().contentType("application/yaml").result(document));
  }

  private static String document() {
    try (InputStream in = Wire.class.getResourceAsStream(DOCUMENT)) {
      if (in == null) {
        throw new IllegalStateException(DOCUMENT + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(DOCUMENT, e);
    }
  }

  private static ProblemException refused(String host, int port, RuntimeException thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof BindException && message.contains("in use")) {
        return new ProblemException(new ServerProblem.PortTaken(host, port), thrown);
      }
      if (cause instanceof SocketException || cause instanceof UnresolvedAddressException) {
        return new ProblemException(
            new ServerProblem.AddressNotUsable(host, port, message), thrown);
      }
    }
    throw thrown;
  }

  /// The port on which it is served.
  public int port() {
    return javalin.port();
  }

  Javalin javalin() {
    return javalin;
  }

  List<Routes.Declared> routes() {
    return routes;
  }

  /// Ends all streams, lets requests under way finish for a short time, and stops to serve.
  @Override
  public void close() {
    events.close();
    javalin.stop();
  }
}
