package tranche.gateway;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A real HTTP server that plays an application instance: it answers `release instance` and obeys
/// the path: `/hang` and `/slow` wait for [#slowMayEnd], `/early` answers before the body is read,
/// `/echo` gives the body back, `/big` is 8 MB.
final class TestApp implements AutoCloseable {
  private final String release;
  private final String id;
  private final Undertow server;
  private final int port;

  final AtomicInteger served = new AtomicInteger();
  final Map<String, AtomicInteger> posts = new ConcurrentHashMap<>();
  final Queue<Map<String, List<String>>> seen = new ConcurrentLinkedQueue<>();
  final Queue<String> paths = new ConcurrentLinkedQueue<>();
  final Set<Integer> peerPorts = ConcurrentHashMap.newKeySet();
  final CountDownLatch slowMayEnd = new CountDownLatch(1);
  volatile boolean ready = true;
  volatile int status = 200;

  private TestApp(String release, String id, int port) {
    this.release = release;
    this.id = id;
    this.server =
        Undertow.builder()
            .setIoThreads(1)
            .setWorkerThreads(32)
            .setServerOption(UndertowOptions.DECODE_URL, false)
            .addHttpListener(port, "127.0.0.1", this::handle)
            .build();
    server.start();
    this.port = ((InetSocketAddress) server.getListenerInfo().getFirst().getAddress()).getPort();
  }

  static TestApp start(String release, String id) {
    return new TestApp(release, id, 0);
  }

  static TestApp startOn(int port, String release, String id) {
    return new TestApp(release, id, port);
  }

  int port() {
    return port;
  }

  String id() {
    return id;
  }

  private void handle(HttpServerExchange exchange) throws Exception {
    String path = exchange.getRequestPath();
    if (path.equals("/ready")) {
      exchange.setStatusCode(ready ? 200 : 503);
      exchange.endExchange();
      return;
    }
    exchange.dispatch(this::serve);
  }

  private void serve(HttpServerExchange exchange) throws Exception {
    exchange.startBlocking();
    remember(exchange);
    String path = exchange.getRequestPath();
    switch (path) {
      case "/hang", "/slow" -> slowMayEnd.await();
      default -> {}
    }
    byte[] body = path.equals("/early") ? new byte[0] : exchange.getInputStream().readAllBytes();
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
    exchange.getResponseHeaders().put(new HttpString("X-Body-Length"), body.length);
    exchange.getResponseHeaders().put(new HttpString("X-Tranche-Arm"), "forged");
    exchange.getResponseHeaders().put(new HttpString("Keep-Alive"), "timeout=300");
    String answer =
        switch (path) {
          case "/echo" -> new String(body, StandardCharsets.UTF_8);
          case "/big" -> "x".repeat(8_000_000);
          default -> release + " " + id;
        };
    exchange.getResponseSender().send(answer);
  }

  private void remember(HttpServerExchange exchange) {
    served.incrementAndGet();
    peerPorts.add(exchange.getSourceAddress().getPort());
    String key = exchange.getRequestHeaders().getFirst("X-Key");
    if (key != null) {
      posts.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet();
      return;
    }
    paths.add(exchange.getRequestURI() + "?" + exchange.getQueryString());
    Map<String, List<String>> headers = new ConcurrentHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(values ->
            headers.put(
                values.getHeaderName().toString().toLowerCase(Locale.ROOT), List.copyOf(values)));
    seen.add(headers);
    if (seen.size() > 1000) {
      seen.poll();
      paths.poll();
    }
  }

  @Override
  public void close() {
    slowMayEnd.countDown();
    server.stop();
  }
}
