package tranche.drivers.process;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The smallest application: reads its instance file and answers `/ready`, `/environment` and
/// `/told`. Its first argument says how it misbehaves.
public final class SampleApp {
  private SampleApp() {}

  public static void main(String[] arguments) throws Exception {
    String told = Files.readString(Path.of(System.getenv("TRANCHE_INSTANCE")));
    switch (arguments[0]) {
      case "well" -> serve(told, 200);
      case "never-ready" -> serve(told, 503);
      case "ends" -> {
        System.out.println("cannot log in with " + value(told, "\"password\":\"([^\"]+)\""));
        System.exit(1);
      }
      case "ends-once" -> endsOnce(told, Path.of(arguments[1]));
      case "hard-to-end" -> {
        Runtime.getRuntime().addShutdownHook(new Thread(SampleApp::waitForEver));
        serve(told, 200);
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void endsOnce(String told, Path trace) throws IOException {
    if (Files.notExists(trace)) {
      Files.createFile(trace);
      System.exit(3);
    }
    serve(told, 200);
  }

  private static void serve(String told, int ready) throws IOException {
    int port =
        Integer.parseInt(value(told, "\"release\":\"[^\"]*\",\"host\":\"[^\"]*\",\"port\":(\\d+)"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
    answer(server, "/ready", ready, "");
    answer(server, "/told", 200, told);
    answer(server, "/environment", 200, String.join(" ", System.getenv().keySet()));
    server.start();
    System.out.println("serves on " + port);
  }

  private static void answer(HttpServer server, String path, int status, String text) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private static String value(String told, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(told);
    if (!found.find()) {
      throw new IllegalArgumentException("the instance file lacks " + pattern);
    }
    return found.group(1);
  }

  private static void waitForEver() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
