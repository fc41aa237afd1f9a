package tranche.gateway;

import io.undertow.server.DefaultByteBufferPool;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import tranche.core.problem.ProblemException;
import tranche.gateway.Listener.Network;
import tranche.gateway.Listener.Serving;
import tranche.gateway.admin.AdminHandler;
import tranche.gateway.admin.Parts;
import tranche.gateway.admin.Parts.Boot;
import tranche.gateway.config.GatewayConfig;
import tranche.gateway.route.RouteKeeper;
import tranche.gateway.route.RouteStore;
import tranche.gateway.route.RoutingTable;
import tranche.gateway.traffic.GatewayMetrics;
import tranche.gateway.traffic.Tally;
import tranche.gateway.traffic.TenantTraffic;
import tranche.gateway.traffic.TrafficHandler;
import tranche.gateway.traffic.Upstreams;
import tranche.gateway.upstream.Balancer;
import tranche.gateway.upstream.Fleet;
import tranche.gateway.upstream.HealthWatch;

/// A running gateway, wired from its configuration and stopped by [#close].
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Gateway.class.getName());
  private static final int IO_THREADS = 2;
  private static final int BUFFER_BYTES = 16 * 1024 - 20;
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final Duration ADMIN_REQUEST = Duration.ofSeconds(60);

  private final Deque<Closing> parts = new ArrayDeque<>();
  private final TrafficHandler traffic;
  private final Listener listener;
  private final Running running;

  private Gateway(GatewayConfig config, Clock clock) throws IOException, InterruptedException {
    try {
      Instant startedAt = clock.instant();
      String bootId = UUID.randomUUID().toString();
      StateFolder folder = opened(StateFolder.take(config.stateFolder()));
      HealthWatch watch = opened(new HealthWatch(config.health(), clock));
      Fleet fleet = new Fleet(watch::checkNow);
      Tally tally = new Tally(new TenantTraffic(), new GatewayMetrics());
      RouteKeeper routes =
          new RouteKeeper(
              new RouteStore(folder.routesFile()), table -> apply(table, fleet, tally.tenants()));
      look(watch, fleet, config);
      Upstreams upstreams =
          new Upstreams(
              fleet::routing, new Balancer(config.maxConnectionsPerInstance()), watch::checkNow);
      this.traffic = new TrafficHandler(config.traffic(), upstreams, tally, bootId);
      AdminHandler admin =
          opened(
              new AdminHandler(
                  new Parts(new Boot(bootId, startedAt), routes, fleet, tally, clock),
                  config.ports().adminToken()));
      Network network =
          new Network(worker(), new DefaultByteBufferPool(true, BUFFER_BYTES, 256, 4));
      Listener adminListener =
          opened(
              Listener.open(
                  "admin", config.ports().admin(), network, new Serving(admin, ADMIN_REQUEST)));
      this.listener =
          opened(
              Listener.open(
                  "listen",
                  config.ports().listen(),
                  network,
                  new Serving(traffic, config.traffic().limits().requestTimeout())));
      this.running = new Running(bootId, listener.port(), adminListener.port(), startedAt);
      folder.describe(running);
    } catch (IOException | InterruptedException | RuntimeException e) {
      closeParts();
      throw e;
    }
  }

  /// A restarted gateway must not refuse the first requests only because it has not looked yet.
  private static void look(HealthWatch watch, Fleet fleet, GatewayConfig config)
      throws InterruptedException {
    watch.checkAll(fleet.instances(), config.health().timeout().toMillis() + 1_000);
    watch.start(fleet::instances);
  }

  /// Starts a gateway; when this returns, both ports are open.
  ///
  /// @throws ProblemException when it cannot start; nothing is left running then
  public static Gateway start(GatewayConfig config, Clock clock)
      throws IOException, InterruptedException {
    return new Gateway(config, clock);
  }

  /// Where it is.
  public Running running() {
    return running;
  }

  private static void apply(RoutingTable table, Fleet fleet, TenantTraffic traffic) {
    fleet.apply(table);
    traffic.keepOnly(table.tenants().keySet());
    LOG.log(
        Level.DEBUG,
        "table {0} in force: {1} cells, {2} tenants",
        table.version(),
        table.cells().size(),
        table.tenants().size());
  }

  /// How a part is stopped.
  private interface Closing {
    void close() throws IOException, InterruptedException;
  }

  private StateFolder opened(StateFolder folder) {
    parts.push(folder::close);
    return folder;
  }

  private HealthWatch opened(HealthWatch watch) {
    parts.push(watch::close);
    return watch;
  }

  private AdminHandler opened(AdminHandler admin) {
    parts.push(admin::close);
    return admin;
  }

  private Listener opened(Listener port) {
    parts.push(port::close);
    return port;
  }

  private XnioWorker worker() throws IOException {
    XnioWorker worker =
        Xnio.getInstance()
            .createWorker(
                OptionMap.builder()
                    .set(Options.WORKER_NAME, "gateway")
                    .set(Options.WORKER_IO_THREADS, IO_THREADS)
                    .set(Options.WORKER_TASK_CORE_THREADS, 1)
                    .set(Options.WORKER_TASK_MAX_THREADS, 1)
                    .set(Options.TCP_NODELAY, true)
                    .getMap());
    parts.push(() -> {
      worker.shutdownNow();
      var _ = worker.awaitTermination(1, TimeUnit.SECONDS);
    });
    return worker;
  }

  /// Stops accepting, lets requests in flight finish for at most 10 s, then stops everything.
  @Override
  public void close() {
    listener.close();
    traffic.startClosing();
    long deadline = System.nanoTime() + DRAIN.toNanos();
    while (traffic.active() > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    LOG.log(Level.INFO, "stopping with {0} requests in flight", traffic.active());
    closeParts();
  }

  private void closeParts() {
    for (Closing part : parts) {
      try {
        part.close();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (IOException | RuntimeException e) {
        LOG.log(Level.WARNING, "a part did not stop cleanly", e);
      }
    }
  }
}
