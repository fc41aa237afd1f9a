package tranche.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tranche.api.Wire;

/// Requests byte by byte, so that headers can be wrong in ways that an HTTP client would not allow.
final class Raw {
  private final int port;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  record Answer(int status, Map<String, String> headers, String body) {
    JsonNode json() {
      return Wire.tolerant().readTree(body);
    }

    String code() {
      return json().path("code").asString("");
    }
  }

  Raw(int port) {
    this.port = port;
    headers.put("Host", "127.0.0.1:" + port);
    headers.put("Authorization", "Bearer " + TestPlane.TOKEN);
    headers.put("Content-Type", "application/json");
    headers.put("Connection", "close");
  }

  Raw with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Raw without(String name) {
    headers.remove(name);
    return this;
  }

  Answer get(String path) throws IOException {
    return send("GET", path, "");
  }

  Answer post(String path, String body) throws IOException {
    return send("POST", path, body);
  }

  Answer send(String method, String path, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    headers.forEach((n, v) -> head.append(n).append(": ").append(v).append("\r\n"));
    if (!method.equals("GET") && !headers.containsKey("Content-Length")) {
      head.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    head.append("\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      try {
        out.write(bytes);
        out.flush();
      } catch (SocketException e) {
        // The server may refuse, and close, before it has read everything: its answer is what
        // counts.
        assertThat(e).hasMessageContaining("Broken pipe");
      }
      return read(socket.getInputStream());
    }
  }

  private static Answer read(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    lines.stream()
        .skip(1)
        .forEach(l -> headers.put(l.substring(0, l.indexOf(':')), l.substring(l.indexOf(':') + 2)));
    int status = Integer.parseInt(lines.getFirst().split(" ")[1]);
    return new Answer(status, headers, body(in, headers));
  }

  private static String body(InputStream in, Map<String, String> headers) throws IOException {
    boolean isChunked =
        headers.getOrDefault("Transfer-Encoding", "").toLowerCase(Locale.ROOT).equals("chunked");
    if (!isChunked) {
      String length = headers.get("Content-Length");
      // Without a length the body ends with the connection.
      byte[] body = length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
      return new String(body, StandardCharsets.UTF_8);
    }
    StringBuilder body = new StringBuilder();
    for (int size = Integer.parseInt(line(in), 16);
        size > 0;
        size = Integer.parseInt(line(in), 16)) {
      body.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
      String _ = line(in);
    }
    return body.toString();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
