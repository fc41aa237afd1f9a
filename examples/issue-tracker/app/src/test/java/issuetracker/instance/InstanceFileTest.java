package issuetracker.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstanceFileTest {
  private static final String FILE =
      """
      {"instance": "basic@2026.11-1", "cell": "basic", "release": "2026.11",
       "host": "127.0.0.1", "port": 41234,
       "databases": {"pool": {
         "host": "127.0.0.1", "port": 5433, "name": "tracker_pool",
         "user": "tracker_app", "password": "secret-7c1f", "maxConnections": 8}},
       "tenants": {
         "acme": {"model": "row", "stores": [
           {"role": "main", "database": "pool", "schema": "app"}]},
         "initech": {"model": "hybrid", "stores": [
           {"role": "shared", "database": "pool", "schema": "app"},
           {"role": "own", "database": "pool", "schema": "t_initech"}]}}}
      """;

  @TempDir private Path folder;

  @Test
  void says_where_every_tenant_lives() throws IOException {
    Instance instance = read(FILE);
    assertThat(instance.port()).isEqualTo(41_234);
    assertThat(instance.schemasIn("pool")).containsExactlyInAnyOrder("app", "t_initech");
    Placement initech = instance.tenants().get("initech");
    assertThat(initech.people().table("team")).isEqualTo("\"app\".\"team\"");
    assertThat(initech.work().table("issue")).isEqualTo("\"t_initech\".\"issue\"");
    assertThat(new Store("pool", "a\"b").table("issue")).isEqualTo("\"a\"\"b\".\"issue\"");
  }

  @Test
  void the_password_does_not_print_itself() throws IOException {
    assertThat(read(FILE).toString()).contains("tracker_app").doesNotContain("secret-7c1f");
  }

  @Test
  void what_cannot_be_used_is_named_without_any_value() {
    check(FILE.replace("\"main\"", "\"other\""), "tenant acme has no store with the role main");
    check(FILE.replace("\"row\"", "\"heap\""), "\"model\" must be row, schema, database or hybrid");
    check(FILE.replace("41234", "70000"), "\"port\" must be between 0 and 65535");
    check(FILE.replace("\"cell\": \"basic\",", ""), "\"cell\" is missing");
    check(FILE.replace("{\"pool\": {", "{\"other\": {"), "database pool, which is not listed");
    check(
        FILE.replace("\"own\", \"database\": \"pool\"", "\"own\", \"database\": \"far\""),
        "tenant initech: both stores of a hybrid tenant must be in one database");
    check(FILE.replace("\"secret-7c1f\"", "secret-7c1f"), "not JSON from line 5");
  }

  private void check(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InstanceException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret-7c1f");
  }

  private Instance read(String text) throws IOException {
    return InstanceFile.read(Files.writeString(folder.resolve("instance.json"), text));
  }
}
