package tranche.gateway;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sends bytes as they are, for requests that an HTTP client refuses to send.
final class RawClient {
  private RawClient() {}

  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");

  /// Sends, and reads everything until the other side closes.
  static String untilClosed(int port, String bytes) throws IOException {
    try (Socket socket = new Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /// Sends, and reads until the answer has its announced length or the other side closes.
  static String exchange(int port, String bytes) throws IOException {
    try (Socket socket = new Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      StringBuilder answer = new StringBuilder();
      byte[] block = new byte[4096];
      while (!whole(answer)) {
        int n = socket.getInputStream().read(block);
        if (n < 0) {
          break;
        }
        answer.append(new String(block, 0, n, StandardCharsets.ISO_8859_1));
      }
      return answer.toString();
    }
  }

  private static boolean whole(CharSequence answer) {
    int head = answer.toString().indexOf("\r\n\r\n");
    Matcher length = LENGTH.matcher(answer);
    return head >= 0
        && length.find()
        && answer.length() >= head + 4 + Integer.parseInt(length.group(1));
  }
}
