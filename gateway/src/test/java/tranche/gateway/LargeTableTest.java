package tranche.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The promised memory: 100,000 tenants in 256 MB, 1,348 in 128 MB, in processes of their own, with
/// replacements of the whole table on top of the table in force.
final class LargeTableTest {
  @TempDir private Path folder;

  @Test
  void a_hundred_thousand_tenants_fit_in_256_megabytes() throws Exception {
    check(100_000, "-Xmx256m");
  }

  @Test
  void the_fleet_of_the_demo_fits_in_128_megabytes() throws Exception {
    check(1_348, "-Xmx128m");
  }

  private void check(int tenants, String heap) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    heap,
                    "-cp",
                    System.getProperty("java.class.path"),
                    "tranche.gateway.GatewayMain",
                    "--config",
                    TestGateway.config(folder, "", 0).toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    try (HttpClient http = HttpClient.newHttpClient()) {
      Path file = folder.resolve("state/gateway.json");
      await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(file));
      JsonNode running = JsonMapper.shared().readTree(Files.readString(file));
      URI routes = URI.create("http://127.0.0.1:" + running.get("adminPort") + "/v1/routes");
      for (int version = 1; version <= 3; version++) {
        long start = System.nanoTime();
        assertThat(send(http, routes, "PUT", table(tenants, version)).statusCode()).isEqualTo(200);
        report(tenants, "PUT", start);
      }
      for (int version = 4; version <= 8; version++) {
        long start = System.nanoTime();
        assertThat(send(http, routes, "PATCH", patch(version)).statusCode()).isEqualTo(200);
        report(tenants, "PATCH", start);
      }
      JsonNode table = JsonMapper.shared().readTree(send(http, routes, "GET", "").body());
      assertThat(table.get("tenants").size()).isEqualTo(tenants);
      assertThat(table.get("version").intValue()).isEqualTo(8);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static HttpResponse<String> send(HttpClient http, URI uri, String method, String body)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + TestGateway.ADMIN_TOKEN)
            .timeout(Duration.ofSeconds(60))
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static void report(int tenants, String what, long start) {
    System.out.printf(
        "%,d tenants: %s in %d ms%n", tenants, what, (System.nanoTime() - start) / 1_000_000);
  }

  private static String table(int tenants, int version) {
    StringBuilder json = new StringBuilder(tenants * 90);
    json.append("{\"epoch\":1,\"version\":").append(version).append(",\"cells\":{");
    for (int cell = 0; cell < 100; cell++) {
      json.append(cell == 0 ? "" : ",")
          .append(
              "\"cell-%d\":{\"arms\":{\"1\":{\"instances\":[]},\"2\":{\"instances\":[]}}}"
                  .formatted(cell));
    }
    json.append("},\"tenants\":{");
    for (int tenant = 0; tenant < tenants; tenant++) {
      json.append(tenant == 0 ? "" : ",").append(route(tenant, version));
    }
    return json.append("}}").toString();
  }

  private static String patch(int version) {
    return "{\"epoch\":1,\"version\":%d,\"tenants\":{%s,%s}}"
        .formatted(version, route(3, version), route(7, version));
  }

  private static String route(int tenant, int weight) {
    return "\"tenant-%d\":{\"cell\":\"cell-%d\",\"arms\":{\"1\":%d,\"2\":%d},\"sticky\":\"user\"}"
        .formatted(tenant, tenant % 100, 100 - weight, weight);
  }
}
