package tranche.app.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/// An HTTP server that answers as told and remembers what it was asked.
final class ScriptedServer implements AutoCloseable {
  static final String TOKEN = "not-for-any-screen-4711";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Supplier<Reply>> replies = new ConcurrentHashMap<>();
  private final BlockingQueue<Stream> streams = new LinkedBlockingQueue<>();
  final List<Request> requests = new CopyOnWriteArrayList<>();

  record Reply(int status, String body) {}

  record Request(String line, String body, String user, String authorization) {}

  /// One connection of the event stream: what is written to it, until it returns.
  @FunctionalInterface
  interface Stream {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  ScriptedServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
    on("GET /version", "{\"version\":\"1.2.3\",\"inCharge\":true}");
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// What to answer to that method and path (below the base path, with query).
  ScriptedServer on(String request, String body) {
    return on(request, () -> new Reply(200, body));
  }

  ScriptedServer on(String request, Supplier<Reply> reply) {
    replies.put(request, reply);
    return this;
  }

  /// A problem as an answer.
  ScriptedServer refuse(String request, int status, String kind) {
    String body =
        """
        {"type":"/docs","title":"T","status":%d,"detail":"d","code":"some-problem","kind":"%s",
         "what":"What it is","why":"Why it is.","fix":"Do that.","traceId":"t"}\
        """
            .formatted(status, kind);
    return on(request, () -> new Reply(status, body));
  }

  /// The next connection to the event stream.
  ScriptedServer stream(Stream stream) {
    streams.add(stream);
    return this;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString().replaceFirst("^/api/v1", "");
      String line = exchange.getRequestMethod() + " " + path;
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(
          new Request(
              line,
              body,
              exchange.getRequestHeaders().getFirst("X-Tranche-User"),
              exchange.getRequestHeaders().getFirst("Authorization")));
      if (path.startsWith("/events")) {
        stream(exchange);
        return;
      }
      Reply reply =
          replies.getOrDefault(line, () -> new Reply(599, "nothing scripted for " + line)).get();
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      String type = reply.status() < 400 ? "application/json" : "application/problem+json";
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(reply.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    try {
      streams.take().write(out);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// One entry of the journal as a message of the stream.
  static void send(OutputStream out, long seq, String type, String rest) throws IOException {
    String data =
        """
        {"seq":%d,"rollout":"r-42","at":"2026-11-20T13:32:00Z","epoch":1,"type":"%s",%s}\
        """
            .formatted(seq, type, rest);
    String line = data.replace("\n", "");
    String message = "id: " + seq + "\nevent: " + type + "\ndata: " + line + "\n\n";
    out.write(message.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  List<String> lines() {
    return requests.stream().map(Request::line).toList();
  }

  String bodyOf(String line) {
    return requests.stream()
        .filter(r -> r.line().equals(line))
        .map(Request::body)
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
