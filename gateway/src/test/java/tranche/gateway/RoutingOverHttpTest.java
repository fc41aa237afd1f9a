package tranche.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static tranche.gateway.TestGateway.arm;
import static tranche.gateway.TestGateway.cell;
import static tranche.gateway.TestGateway.instance;
import static tranche.gateway.TestGateway.tenant;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which arm and which instance a request reaches.
final class RoutingOverHttpTest {
  @TempDir private Path folder;
  private TestApp old1;
  private TestApp old2;
  private TestApp new1;
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    old1 = TestApp.start("1", "old1");
    old2 = TestApp.start("1", "old2");
    new1 = TestApp.start("2", "new1");
    gateway = TestGateway.start(folder);
    gateway.put(cells(), "{" + tenant("acme", "user", "\"1\":100,\"2\":0") + "}");
    gateway.awaitReady("old1", "old2", "new1");
  }

  private String cells() {
    return cell(arm("1", instance(old1), instance(old2)), arm("2", instance(new1)));
  }

  @AfterEach
  void stop() {
    gateway.close();
    old1.close();
    old2.close();
    new1.close();
  }

  @Test
  void a_request_reaches_the_arm_with_all_the_weight_and_says_so() throws Exception {
    HttpResponse<String> answer = gateway.get("acme", "/a%2Fb/c;x=1?q=1&q=%20");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("1 ");
    assertThat(answer.headers().allValues("X-Tranche-Arm")).containsExactly("1");
    assertThat(answer.headers().firstValue("Keep-Alive")).isEmpty();
    assertThat(old1.paths.isEmpty() ? old2.paths : old1.paths)
        .containsExactly("/a%2Fb/c;x=1?q=1&q=%20");
  }

  @Test
  void users_follow_the_weights_and_nobody_leaves_the_candidate_when_it_grows() throws Exception {
    Set<String> before = new HashSet<>();
    for (int weight : new int[] {10, 50, 100}) {
      gateway.patch(
          "{}",
          "{" + tenant("acme", "user", "\"1\":%d,\"2\":%d".formatted(100 - weight, weight)) + "}");
      Set<String> onCandidate = new HashSet<>();
      for (int user = 0; user < 400; user++) {
        String name = "user-" + user;
        if (gateway
            .send("GET", "/", "", "X-Tenant", "acme", "X-User", name)
            .body()
            .startsWith("2")) {
          onCandidate.add(name);
        }
      }
      assertThat(onCandidate).hasSizeBetween(4 * weight - 32, 4 * weight + 32).containsAll(before);
      before = onCandidate;
    }
  }

  @Test
  void an_arm_without_weight_takes_over_only_when_no_other_is_ready() throws Exception {
    assertThat(gateway.get("acme", "/").body()).startsWith("1 ");
    old1.ready = false;
    old2.ready = false;
    gateway.awaitNotReady("old1");
    gateway.awaitNotReady("old2");

    HttpResponse<String> answer = gateway.get("acme", "/");

    assertThat(answer.body()).isEqualTo("2 new1");
    assertThat(answer.headers().firstValue("X-Tranche-Arm")).contains("2");
  }

  @Test
  void an_arm_that_is_not_listed_never_gets_the_tenant() throws Exception {
    gateway.patch("{}", "{" + tenant("acme", "tenant", "\"1\":100") + "}");
    old1.ready = false;
    old2.ready = false;
    gateway.awaitNotReady("old1");
    gateway.awaitNotReady("old2");

    HttpResponse<String> answer = gateway.get("acme", "/");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("gateway-no-ready-instance");
    assertThat(new1.served).hasValue(0);
  }

  @Test
  void an_instance_that_is_not_ready_gets_nothing_and_comes_back() throws Exception {
    old1.ready = false;
    gateway.awaitNotReady("old1");
    for (int i = 0; i < 20; i++) {
      assertThat(gateway.get("acme", "/").body()).isEqualTo("1 old2");
    }
    assertThat(old1.served).hasValue(0);

    old1.ready = true;
    gateway.awaitReady("old1");
    for (int i = 0; i < 10; i++) {
      gateway.get("acme", "/").body();
    }
    assertThat(old1.served).hasValueGreaterThan(0);
  }

  @Test
  void without_stickiness_requests_are_spread_exactly() throws Exception {
    gateway.patch("{}", "{" + tenant("acme", "none", "\"1\":75,\"2\":25") + "}");
    for (int i = 0; i < 100; i++) {
      assertThat(gateway.get("acme", "/").statusCode()).isEqualTo(200);
    }
    assertThat(new1.served).hasValue(25);
    assertThat(Math.abs(old1.served.get() - old2.served.get())).isLessThanOrEqualTo(4);
  }

  @Test
  void connections_to_an_instance_are_used_again() throws Exception {
    gateway.patch("{}", "{" + tenant("acme", "tenant", "\"2\":100") + "}");
    for (int i = 0; i < 20; i++) {
      gateway.get("acme", "/");
      gateway.send("POST", "/echo", "body", "X-Tenant", "acme");
      gateway.send("HEAD", "/", "", "X-Tenant", "acme");
    }
    assertThat(new1.served).hasValue(60);
    // One per I/O thread of the gateway; a client that reconnects can meet the other thread.
    assertThat(new1.peerPorts).hasSizeLessThanOrEqualTo(2);
  }
}
