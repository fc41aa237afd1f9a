package tranche.gateway;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import tranche.core.problem.ProblemException;
import tranche.gateway.config.GatewayConfig.Address;
import tranche.gateway.problem.StartProblem.PortTaken;

/// A port that accepts HTTP/1.1 connections until it is closed. Closing it refuses new connections
/// and leaves the open ones alone.
final class Listener implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final int MAX_HEADER_BYTES = 64 * 1024;
  private static final int PARSE_MILLIS = 10_000;
  private static final int IDLE_MILLIS = 75_000;

  private final AcceptingChannel<? extends StreamConnection> channel;

  private Listener(AcceptingChannel<? extends StreamConnection> channel) {
    this.channel = channel;
  }

  /// Opens the port.
  ///
  /// @param name configuration key of the address, for the message
  /// @throws ProblemException when the address cannot be listened on
  static Listener open(String name, Address address, Network network, Serving serving) {
    HttpOpenListener http =
        new HttpOpenListener(network.buffers(), options(serving.longestRequest()));
    http.setRootHandler(serving.handler());
    try {
      AcceptingChannel<? extends StreamConnection> channel =
          network
              .worker()
              .createStreamConnectionServer(
                  new InetSocketAddress(address.host(), address.port()),
                  ChannelListeners.openListenerAdapter(http),
                  OptionMap.builder()
                      .set(Options.TCP_NODELAY, true)
                      .set(Options.REUSE_ADDRESSES, true)
                      .set(Options.BACKLOG, BACKLOG)
                      .getMap());
      channel.resumeAccepts();
      return new Listener(channel);
    } catch (IOException e) {
      throw new ProblemException(
          new PortTaken(name, address.toString(), String.valueOf(e.getMessage())), e);
    }
  }

  /// The threads and buffers that all ports share.
  record Network(XnioWorker worker, ByteBufferPool buffers) {}

  /// What is served on a port.
  ///
  /// @param longestRequest how long a single request may take
  record Serving(HttpHandler handler, Duration longestRequest) {}

  private static OptionMap options(Duration longestRequest) {
    // An idle connection is one that waits for a request: a request under way has its own limit.
    int idle = (int) Math.min(Integer.MAX_VALUE, IDLE_MILLIS + 2 * longestRequest.toMillis());
    return OptionMap.builder()
        .set(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
        .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, PARSE_MILLIS)
        .set(UndertowOptions.IDLE_TIMEOUT, idle)
        .set(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
        .set(UndertowOptions.DECODE_URL, false)
        .set(UndertowOptions.ENABLE_HTTP2, false)
        .set(UndertowOptions.BUFFER_PIPELINED_DATA, false)
        .getMap();
  }

  /// The port in use, also when the system chose it.
  int port() {
    return channel.getLocalAddress(InetSocketAddress.class).getPort();
  }

  @Override
  public void close() {
    IoUtils.safeClose(channel);
  }
}
