package tranche.gateway.traffic;

import io.undertow.UndertowOptions;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.UndertowClient;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.WorkerUtils;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.XnioExecutor;
import tranche.gateway.upstream.LiveInstance;

/// Opens one connection to an instance and reports exactly once: the connection, or why there is
/// none. All of it happens on the I/O thread of the request.
final class Connecting implements ClientCallback<ClientConnection> {
  /// Byte counts tell whether any byte of a response arrived before a connection broke.
  private static final OptionMap OPTIONS =
      OptionMap.create(UndertowOptions.ENABLE_STATISTICS, true);

  private final Consumer<ClientConnection> onOpen;
  private final Consumer<String> onFailure;
  private XnioExecutor.Key timer = () -> false;
  private boolean reported;

  private Connecting(Consumer<ClientConnection> onOpen, Consumer<String> onFailure) {
    this.onOpen = onOpen;
    this.onFailure = onFailure;
  }

  /// Starts; one of the two is told later, or at once.
  static Connecting start(
      LiveInstance.Identity target,
      HttpServerExchange exchange,
      Duration timeout,
      Consumer<ClientConnection> onOpen,
      Consumer<String> onFailure) {
    Connecting connecting = new Connecting(onOpen, onFailure);
    connecting.timer =
        WorkerUtils.executeAfter(
            exchange.getIoThread(),
            () -> connecting.fail("no connection within " + timeout.toMillis() + " ms"),
            timeout.toMillis(),
            TimeUnit.MILLISECONDS);
    UndertowClient.getInstance()
        .connect(
            connecting,
            uri(target),
            exchange.getIoThread(),
            exchange.getConnection().getByteBufferPool(),
            OPTIONS);
    return connecting;
  }

  /// Nobody waits any more; a connection that still comes is closed.
  void abandon() {
    reported = true;
    timer.remove();
  }

  @Override
  public void completed(ClientConnection connection) {
    if (reported) {
      IoUtils.safeClose(connection);
      return;
    }
    abandon();
    onOpen.accept(connection);
  }

  @Override
  public void failed(IOException e) {
    fail(String.valueOf(e.getMessage()));
  }

  private void fail(String reason) {
    if (!reported) {
      abandon();
      onFailure.accept(reason);
    }
  }

  private static URI uri(LiveInstance.Identity target) {
    String host = target.host().indexOf(':') < 0 ? target.host() : "[" + target.host() + "]";
    return URI.create("http://" + host + ":" + target.port());
  }
}
