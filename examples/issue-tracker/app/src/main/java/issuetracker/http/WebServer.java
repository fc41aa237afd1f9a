package issuetracker.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The HTTP server of the process: the JDK's own, because 40 of these start on two cores and it
/// needs a fraction of the start-up time of the alternatives (see README).
///
/// Life of a stop ([#drainAndStop]): from the first moment [#isDraining] is true, so `/ready`
/// answers 503, and every answer asks its client to close the connection. Requests are still
/// accepted for a short while, because whoever routes to this process needs a moment to notice.
/// Then the port is closed and what is in flight is finished.
public final class WebServer {
  /// The largest request body in bytes.
  public static final int MAX_BODY_BYTES = 64 * 1024;

  static final int MAX_IN_FLIGHT = 512;

  private static final int BACKLOG = 1024;
  private static final int DRAIN_MILLIS = 200;
  private static final int FINISH_SECONDS = 10;

  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch draining = new CountDownLatch(1);

  static {
    // Read once by the server's classes, so they are set before the first of them is loaded.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // The gateway in front keeps idle connections for up to five minutes: closing one just when it
    // is
    // used again would lose that request, so this side keeps them longer.
    System.setProperty("sun.net.httpserver.idleInterval", "600");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    System.setProperty("jdk.httpserver.maxConnections", "4000");
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "30");
    System.setProperty("sun.net.httpserver.maxReqHeaders", "100");
    System.setProperty("sun.net.httpserver.maxReqHeaderSize", "32768");
  }

  private WebServer(HttpServer server) {
    this.server = server;
    server.setExecutor(workers);
  }

  /// Binds the address; requests are answered after [#serve].
  ///
  /// @throws IOException when the address cannot be bound
  public static WebServer bind(String host, int port) throws IOException {
    return new WebServer(
        HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), BACKLOG));
  }

  /// The port it listens on.
  public int port() {
    return server.getAddress().getPort();
  }

  /// Begins to answer requests.
  public void serve(Dispatcher dispatcher) {
    server.createContext("/", dispatcher);
    server.start();
  }

  /// Whether the process is on its way out.
  public boolean isDraining() {
    return draining.getCount() == 0;
  }

  /// Ends serving as described above. Returns after at most about ten seconds; an interrupted
  /// thread does not wait for requests in flight.
  public void drainAndStop() {
    draining.countDown();
    try {
      TimeUnit.MILLISECONDS.sleep(DRAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(FINISH_SECONDS);
    workers.shutdown();
  }
}
