package tranche.drivers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.core.problem.ProblemException;
import tranche.drivers.gateway.GatewayProblem.GatewayNotRunning;
import tranche.engine.journal.Fence;

class GatewayProcessTest {
  @TempDir Path folder;
  private GatewayBench bench;
  private GatewayProcess process;

  @BeforeEach
  void setUp() {
    bench = new GatewayBench(folder);
    process = bench.gateway(0);
  }

  @AfterEach
  void stop() {
    process.stop();
  }

  @Test
  void a_living_gateway_is_adopted() {
    RunningGateway first = process.ensure();

    assertThat(process.ensure()).isEqualTo(first);
    assertThat(bench.gateway(0).ensure()).isEqualTo(first);
    assertThat(bench.gateway(0).running()).contains(first);
  }

  @Test
  void a_gateway_whose_start_was_not_recorded_is_adopted() throws Exception {
    RunningGateway first = process.ensure();
    Files.delete(folder.resolve("gateway/process.json"));

    assertThat(bench.gateway(0).ensure()).isEqualTo(first);
    assertThat(folder.resolve("gateway/process.json")).exists();
  }

  @Test
  void a_killed_gateway_is_started_again_and_keeps_its_routes() throws Exception {
    RunningGateway first = process.ensure();
    try (GatewayRouter router = new GatewayRouter(first::admin, GatewayBench.ADMIN)) {
      router.putArm(GatewayBench.arm("1"), "/ready", List.of(), new Fence(1));
    }
    ProcessHandle handle = ProcessHandle.of(first.pid()).orElseThrow();
    handle.destroyForcibly();
    await().atMost(Duration.ofSeconds(10)).until(() -> process.running().isEmpty());

    RunningGateway second = process.ensure();

    assertThat(second.boot()).isNotEqualTo(first.boot());
    try (GatewayRouter router = new GatewayRouter(second::admin, GatewayBench.ADMIN)) {
      assertThat(router.arms()).containsOnlyKeys(GatewayBench.arm("1"));
    }
  }

  @Test
  void a_stopped_gateway_is_gone() {
    RunningGateway first = process.ensure();
    process.stop();

    // It is a child of this JVM, which takes a moment to notice that it has ended.
    await().until(() -> ProcessHandle.of(first.pid()).filter(ProcessHandle::isAlive).isEmpty());
    assertThat(process.running()).isEmpty();
    process.stop();
  }

  @Test
  void tokens_are_readable_by_the_owner_only_and_not_in_the_process_list() throws Exception {
    RunningGateway gateway = process.ensure();

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("gateway/config.json"))))
        .isEqualTo("rw-------");
    assertThat(Files.readString(Path.of("/proc/" + gateway.pid() + "/cmdline")))
        .contains("GatewayMain")
        .doesNotContain("token-of-this-test");
    assertThat(Files.readString(Path.of("/proc/" + gateway.pid() + "/environ")))
        .contains("TRANCHE_GATEWAY=")
        .doesNotContain("token-of-this-test");
  }

  @Test
  void a_port_in_use_is_said_in_the_gateways_own_words() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      GatewayProcess refused = bench.gateway(taken.getLocalPort());

      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(refused::ensure)
          .extracting(ProblemException::problem)
          .isInstanceOfSatisfying(
              GatewayNotRunning.class,
              problem ->
                  assertThat(problem.finding()).contains(Integer.toString(taken.getLocalPort())));
    }
  }
}
