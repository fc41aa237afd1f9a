package tranche.drivers.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Passes bytes on to a port, and cuts the connection instead of passing an answer back when told to.
/// Serves one request per connection.
final class LossyProxy implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger toLose = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final int target;
  private volatile String method = "";

  LossyProxy(int target) throws IOException {
    this.target = target;
    var unused = threads.submit(this::accept);
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
      var unused = threads.submit(() -> pass(client));
    }
  }

  private Void pass(Socket client) throws IOException {
    try (client;
        Socket gateway = new Socket(InetAddress.getLoopbackAddress(), target)) {
      byte[] buffer = new byte[1 << 16];
      var back = threads.submit(() -> passBack(gateway, client));
      InputStream in = client.getInputStream();
      OutputStream out = gateway.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        String begin = new String(buffer, 0, Math.min(read, 10), StandardCharsets.US_ASCII);
        boolean loses =
            begin.startsWith(method + " ") && toLose.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        if (loses) {
          back.cancel(true);
          out.write(buffer, 0, read);
          awaitAnswer(gateway);
          lost.incrementAndGet();
          return null;
        }
        out.write(buffer, 0, read);
      }
    }
    return null;
  }

  private static void awaitAnswer(Socket gateway) throws IOException {
    // The change is in force once the gateway begins to answer.
    if (gateway.getInputStream().read() < 0) {
      throw new IOException("no answer");
    }
  }

  private static Void passBack(Socket gateway, Socket client) throws IOException {
    gateway.getInputStream().transferTo(client.getOutputStream());
    return null;
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
