package tranche.gateway;

import static tranche.gateway.TestGateway.arm;
import static tranche.gateway.TestGateway.cell;
import static tranche.gateway.TestGateway.instance;
import static tranche.gateway.TestGateway.tenant;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Prints how many requests per second an application answers directly and through the gateway, all
/// in one process: read the ratio, not the figures.
final class Throughput {
  private static final int CONNECTIONS = 16;
  private static final long MEASURE_MILLIS = 5_000;

  private Throughput() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("throughput");
    try (TestApp app = TestApp.start("1", "a");
        TestGateway gateway = TestGateway.start(folder, "")) {
      gateway.put(
          cell(arm("1", instance(app)), arm("2")),
          "{" + tenant("acme", "user", "\"1\":100,\"2\":0") + "}");
      gateway.awaitReady("a");
      for (int round = 0; round < 3; round++) {
        long direct = measure(app.port());
        long through = measure(gateway.port());
        System.out.printf(
            "direct %,d/s, through the gateway %,d/s: %d %%%n",
            direct, through, 100 * through / direct);
      }
    }
  }

  private static long measure(int port) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MEASURE_MILLIS);
    LongAdder count = new LongAdder();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      threads.add(Thread.ofPlatform().start(() -> client(port, end, count)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return count.sum() * 1000 / MEASURE_MILLIS;
  }

  /// A client with the least work of its own: one request text, answers of one length.
  private static void client(int port, long end, LongAdder count) {
    byte[] request =
        "GET / HTTP/1.1\r\nHost: acme.x.com\r\nX-User: u\r\nX-Key: k\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = new Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] block = new byte[4096];
      socket.getOutputStream().write(request);
      int length = in.read(block);
      while (System.nanoTime() < end) {
        socket.getOutputStream().write(request);
        in.readFully(block, 0, length);
        count.increment();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
