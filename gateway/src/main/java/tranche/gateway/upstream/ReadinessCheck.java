package tranche.gateway.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Asks one instance whether it is ready: a GET on a connection of its own, at most 64 kB of
/// answer, and a deadline for the whole, so that a dripping answer does not hold the check.
final class ReadinessCheck {
  private static final int MAX_BYTES = 64 * 1024;
  private static final int STATUS_LINE_BYTES = 12;

  private final long deadline;

  private ReadinessCheck(Duration timeout) {
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  static CheckResult of(LiveInstance.Identity target, String path, Duration timeout) {
    ReadinessCheck check = new ReadinessCheck(timeout);
    try {
      return check.ask(target, path);
    } catch (SocketTimeoutException e) {
      return new CheckResult(false, "no answer from " + path + " in " + timeout.toMillis() + " ms");
    } catch (IOException e) {
      return new CheckResult(false, path + " cannot be asked: " + e.getMessage());
    }
  }

  private CheckResult ask(LiveInstance.Identity target, String path) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(target.host(), target.port()), remainingMillis());
      String request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: tranche-gateway\r\nConnection: close\r\n\r\n"
              .formatted(
                  path, target.host().indexOf(':') < 0 ? target.host() : "[" + target.host() + "]");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return verdict(path, readAll(socket));
    }
  }

  /// Reads to the end: closing with unread bytes would reset the connection under the application.
  private String readAll(Socket socket) throws IOException {
    byte[] head = new byte[STATUS_LINE_BYTES];
    byte[] block = new byte[4096];
    InputStream in = socket.getInputStream();
    int total = 0;
    while (total < MAX_BYTES) {
      socket.setSoTimeout(remainingMillis());
      int n = in.read(block);
      if (n < 0) {
        break;
      }
      if (total < head.length) {
        System.arraycopy(block, 0, head, total, Math.min(n, head.length - total));
      }
      total += n;
    }
    return new String(head, 0, Math.min(total, head.length), StandardCharsets.US_ASCII);
  }

  private static CheckResult verdict(String path, String head) {
    if (head.length() < STATUS_LINE_BYTES || !head.startsWith("HTTP/1.")) {
      return new CheckResult(false, path + " did not answer in HTTP");
    }
    String status = head.substring(9);
    return new CheckResult(status.startsWith("2"), path + " answered " + status);
  }

  private int remainingMillis() throws SocketTimeoutException {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) millis;
  }
}
