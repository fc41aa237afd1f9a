package tranche.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.core.problem.ProblemException;
import tranche.gateway.traffic.TrafficRules.TenantSource;

/// The configuration file: defaults, and what is said about a wrong one.
final class ConfigFileTest {
  private static final String SECRET = "a-secret-of-many-characters";
  private static final String GOOD =
      """
      {"listen": {"host": "127.0.0.1", "port": 8000},
       "admin": {"host": "127.0.0.1", "port": 8001, "token": "%s"},
       "previewToken": "%s", "stateFolder": "/var/lib/x"}
      """
          .formatted(SECRET, SECRET);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void create() {
    file = folder.resolve("gateway.config.json");
  }

  private GatewayConfig read(String text) throws Exception {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return ConfigFile.read(file);
  }

  private void assertRefused(String text, String code, String named) {
    assertThatThrownBy(() -> read(text))
        .asInstanceOf(type(ProblemException.class))
        .satisfies(e -> {
          assertThat(e.problem().code()).isEqualTo(code);
          assertThat(e.problem().what() + e.problem().why()).contains(named);
          assertThat(e + e.problem().toString()).doesNotContain(SECRET);
        });
  }

  @Test
  void what_is_left_out_has_a_default() throws Exception {
    GatewayConfig config = read(GOOD);
    assertThat(config.traffic().tenantHeader()).hasToString("X-Tenant");
    assertThat(config.traffic().tenantFrom()).containsExactly(TenantSource.values());
    assertThat(config.traffic().limits().requestTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.health().unhealthyAfter()).isEqualTo(3);
    assertThat(config.maxConnectionsPerInstance()).isEqualTo(128);
  }

  @Test
  void tokens_are_not_shown() throws Exception {
    assertThat(read(GOOD).toString()).doesNotContain(SECRET);
  }

  @Test
  void every_mistake_names_its_key() {
    assertRefused(GOOD.replace("\"listen\"", "\"lissten\""), "gateway-config-wrong", "lissten");
    assertRefused(GOOD.replace("8001", "99999"), "gateway-config-wrong", "admin.port");
    assertRefused(GOOD.replace("8001", "\"8001\""), "gateway-config-wrong", "admin.port");
    assertRefused(GOOD.replace("/var/lib/x", "state"), "gateway-config-wrong", "stateFolder");
    assertRefused(
        GOOD.replace("\"admin\": {\"host\": \"127.0.0.1\"", "\"admin\": {\"host\": \"0.0.0.0\""),
        "gateway-config-wrong",
        "admin.host");
    assertRefused(
        GOOD.replace("\"previewToken\": \"" + SECRET + "\"", "\"previewToken\": \"short\""),
        "gateway-config-wrong",
        "previewToken");
    assertRefused(
        GOOD.replace("\"stateFolder\"", "\"tenantFrom\": [\"cookie\"], \"stateFolder\""),
        "gateway-config-wrong",
        "cookie");
    assertRefused(
        GOOD.replace("\"stateFolder\"", "\"limits\": {\"maxBody\": 1}, \"stateFolder\""),
        "gateway-config-wrong",
        "limits.maxBody");
  }

  @Test
  void text_that_is_not_json_is_named_by_place_and_not_quoted() {
    assertRefused(GOOD.replace("\"previewToken\":", ""), "gateway-config-unreadable", "line 3");
    assertRefused("", "gateway-config-wrong", "");
    assertRefused(
        GOOD.replace("\"stateFolder\"", "\"listen\": {}, \"stateFolder\""),
        "gateway-config-unreadable",
        "line 3");
  }

  @Test
  void a_file_open_to_others_is_refused() throws Exception {
    Files.writeString(file, GOOD);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> ConfigFile.read(file)).hasMessageContaining("gateway-config-exposed");
  }

  @Test
  void a_missing_file_is_named() {
    assertThatThrownBy(() -> ConfigFile.read(folder.resolve("none.json")))
        .hasMessageContaining("gateway-config-unreadable")
        .hasMessageContaining("none.json");
  }
}
