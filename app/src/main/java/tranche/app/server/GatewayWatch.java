package tranche.app.server;

import static java.lang.System.Logger.Level.WARNING;

import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tranche.core.problem.ProblemException;
import tranche.drivers.gateway.GatewayProcess;
import tranche.drivers.gateway.RunningGateway;

/// Knows the gateway and starts it again if it died. A restarted gateway goes on with its last
/// routes by itself.
final class GatewayWatch implements Supplier<RunningGateway> {
  private static final System.Logger LOG = System.getLogger(GatewayWatch.class.getName());
  private static final long PAUSE_MILLIS = 1_000;

  private final GatewayProcess gateway;
  private final Thread thread;
  private volatile RunningGateway running;
  private volatile boolean closing;

  /// Finds or starts the gateway, and watches it from then on.
  ///
  /// @throws ProblemException if it cannot be started
  static GatewayWatch start(GatewayProcess gateway) {
    GatewayWatch watch = new GatewayWatch(gateway, gateway.ensure());
    watch.thread.start();
    return watch;
  }

  private GatewayWatch(GatewayProcess gateway, RunningGateway running) {
    this.gateway = gateway;
    this.running = running;
    this.thread = Thread.ofPlatform().name("gateway-watch").daemon().unstarted(this::watch);
  }

  private void watch() {
    while (!closing) {
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        if (!closing) {
          running = gateway.ensure();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (CancellationException e) {
        // Drivers end so when their thread is interrupted, which is how this one is stopped.
        Thread.currentThread().interrupt();
        return;
      } catch (ProblemException e) {
        LOG.log(WARNING, "the gateway cannot be kept: " + e.getMessage());
      }
    }
  }

  @Override
  public RunningGateway get() {
    return running;
  }

  /// Stops watching; the gateway goes on.
  void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
