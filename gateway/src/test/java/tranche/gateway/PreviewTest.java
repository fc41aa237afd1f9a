package tranche.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static tranche.gateway.TestGateway.PREVIEW_TOKEN;
import static tranche.gateway.TestGateway.arm;
import static tranche.gateway.TestGateway.cell;
import static tranche.gateway.TestGateway.instance;
import static tranche.gateway.TestGateway.tenant;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reaching a release before its tenants do, and the statistics that leave it out.
final class PreviewTest {
  @TempDir private Path folder;
  private TestApp old;
  private TestApp next;
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    old = TestApp.start("1", "old");
    next = TestApp.start("2", "next");
    gateway = TestGateway.start(folder);
    gateway.put(
        cell(arm("1", instance(old)), arm("2", instance(next))),
        "{"
            + tenant("acme", "tenant", "\"1\":100")
            + ","
            + tenant("globex", "tenant", "\"1\":100")
            + "}");
    gateway.awaitReady("old", "next");
  }

  @AfterEach
  void stop() {
    gateway.close();
    old.close();
    next.close();
  }

  private HttpResponse<String> preview(String token, String arm) throws Exception {
    return gateway.send(
        "GET", "/", "", "X-Tenant", "acme", "X-Tranche-Preview", token, "X-Tranche-Arm", arm);
  }

  @Test
  void the_token_opens_an_arm_that_no_route_lists() throws Exception {
    HttpResponse<String> answer = preview(PREVIEW_TOKEN, "2");

    assertThat(answer.body()).isEqualTo("2 next");
    assertThat(answer.headers().firstValue("X-Tranche-Arm")).contains("2");
    assertThat(next.seen.element())
        .doesNotContainKeys("x-tranche-preview", "x-tranche-arm")
        .containsEntry("x-tenant", java.util.List.of("acme"));
  }

  @Test
  void a_wrong_token_is_403_and_reaches_nothing() throws Exception {
    HttpResponse<String> answer = preview(PREVIEW_TOKEN + "x", "2");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("gateway-preview-refused").doesNotContain(PREVIEW_TOKEN);
    assertThat(next.served.get() + old.served.get()).isZero();
  }

  @Test
  void a_preview_without_an_arm_is_400() throws Exception {
    HttpResponse<String> answer =
        gateway.send("GET", "/", "", "X-Tenant", "acme", "X-Tranche-Preview", PREVIEW_TOKEN);
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void a_preview_never_falls_back_to_another_arm() throws Exception {
    next.ready = false;
    gateway.awaitNotReady("next");
    assertThat(preview(PREVIEW_TOKEN, "2").statusCode()).isEqualTo(503);
    assertThat(preview(PREVIEW_TOKEN, "3").statusCode()).isEqualTo(503);
    assertThat(old.served).hasValue(0);
  }

  @Test
  void an_arm_header_without_a_token_is_ignored() throws Exception {
    assertThat(gateway.send("GET", "/", "", "X-Tenant", "acme", "X-Tranche-Arm", "2").body())
        .isEqualTo("1 old");
  }

  @Test
  void statistics_count_each_tenant_and_arm_and_leave_previews_out() throws Exception {
    for (int i = 0; i < 7; i++) {
      gateway.get("acme", "/");
    }
    for (int i = 0; i < 3; i++) {
      gateway.get("globex", "/");
      preview(PREVIEW_TOKEN, "2");
    }
    old.status = 503;
    gateway.get("acme", "/");

    assertThat(gateway.stats("acme").get("1").get("requests").intValue()).isEqualTo(8);
    assertThat(gateway.stats("acme").get("1").get("errors").intValue()).isEqualTo(1);
    assertThat(gateway.stats("acme").has("2")).isFalse();
    var both = gateway.stats("acme", "globex", "nobody").get("1");
    assertThat(both.get("requests").intValue()).isEqualTo(11);
    var latency = both.get("latency");
    int bounds = latency.get("boundsMillis").size();
    assertThat(latency.get("counts").size()).isEqualTo(bounds + 1);
    assertThat(latency.get("counts").get(bounds).intValue()).isEqualTo(11);
    String metrics = gateway.admin("GET", "/metrics", "").body();
    assertThat(metrics)
        .contains("tranche_gateway_requests_total{cell=\"c\",release=\"1\",status=\"2xx\"} 10")
        .contains("tranche_gateway_requests_total{cell=\"c\",release=\"1\",status=\"5xx\"} 1")
        .contains("tranche_gateway_preview_requests_total 3")
        .doesNotContain("acme");
  }
}
