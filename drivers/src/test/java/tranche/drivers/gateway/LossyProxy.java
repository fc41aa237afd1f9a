package tranche.drivers.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Passes bytes on to a port, and cuts the connection instead of passing an answer back when told
/// to.
final class LossyProxy implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger toLose = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final int target;
  private volatile String method = "";

  LossyProxy(int target) throws IOException {
    this.target = target;
    var _ = threads.submit(this::accept);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  void loseAnswersTo(String requestMethod, int count) {
    method = requestMethod;
    toLose.set(count);
  }

  int lost() {
    return lost.get();
  }

  private Void accept() throws IOException {
    while (true) {
      Socket client = server.accept();
      var _ = threads.submit(() -> pass(client));
    }
  }

  private Void pass(Socket client) throws IOException {
    AtomicBoolean losing = new AtomicBoolean();
    try (client;
        Socket gateway = new Socket(InetAddress.getLoopbackAddress(), target)) {
      var _ = threads.submit(() -> passBack(gateway, client, losing));
      byte[] buffer = new byte[1 << 16];
      InputStream in = client.getInputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        String begin = new String(buffer, 0, Math.min(read, 10), StandardCharsets.US_ASCII);
        if (begin.startsWith(method + " ")) {
          losing.set(toLose.getAndUpdate(n -> Math.max(0, n - 1)) > 0);
        }
        gateway.getOutputStream().write(buffer, 0, read);
      }
    }
    return null;
  }

  /// What the gateway answers to a change is in force before its first byte comes.
  private Void passBack(Socket gateway, Socket client, AtomicBoolean losing) throws IOException {
    byte[] buffer = new byte[1 << 16];
    InputStream in = gateway.getInputStream();
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (losing.get()) {
        lost.incrementAndGet();
        client.close();
        return null;
      }
      client.getOutputStream().write(buffer, 0, read);
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
