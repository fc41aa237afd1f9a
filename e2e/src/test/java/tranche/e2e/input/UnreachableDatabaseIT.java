package tranche.e2e.input;

import static org.assertj.core.api.Assertions.assertThat;
import static tranche.e2e.input.Expected.problem;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tranche.api.client.TrancheClient;
import tranche.e2e.harness.Fleet;
import tranche.e2e.harness.Processes;
import tranche.e2e.harness.Rollouts;
import tranche.e2e.harness.Site;

/// A database that does not answer, and one that refuses the login.
final class UnreachableDatabaseIT {
  private static final String ELSEWHERE =
      """
        elsewhere: {host: 127.0.0.1, port: 1, name: x, user: x, password_file: password.txt,
          application: {user: y, password_file: password.txt}}
      tenant_tiers:
        elsewhere:
          placement: {model: database, database: elsewhere, schema: app}
          cell: elsewhere
      """;

  @RegisterExtension private final Site site = new Site();

  @Test
  void a_database_that_does_not_answer_or_refuses_the_login_is_named_and_nothing_is_changed()
      throws Exception {
    Path password = Files.writeString(site.folder().resolve("password.txt"), "wrong-password\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    Fleet fleet = Fleets.small(1);
    site.write(
        fleet
            .configured(c -> c.replace("tenant_tiers:\n", ELSEWHERE))
            .configured(
                c -> c.replace("select: {tiers: [basic]}", "select: {tiers: [basic, elsewhere]}"))
            .with(new Fleet.Tenant("e-1", "elsewhere", "eu-west")));
    try (TrancheClient client = site.start().client()) {
      client.createRelease(site.release("2026.10"));
      Rollouts rollouts = new Rollouts(client);

      Said.of(site.tranche("plan", "--to", "2026.10", "--data", site.data().toString()))
          .is(problem("database-unreachable", 7, "elsewhere", "tranche.yaml"));

      assertThat(client.plans(10)).isEmpty();
      assertThat(rollouts.ledger().values()).containsOnly("");
      assertThat(site.databases().stores()).isEmpty();
      aControlStoreThatRefusesTheLogin();
    }
  }

  /// The control plane that serves is the one whose server is asked; it is not disturbed.
  private void aControlStoreThatRefusesTheLogin() throws Exception {
    String port = Files.readString(site.data().resolve("postgres/port")).strip().split(" ", -1)[0];
    Path other = Files.createDirectories(site.folder().resolve("other"));
    Path config = other.resolve("tranche.yaml");
    Files.writeString(
        config, Files.readString(site.configuration()).replace("verify/*", "../verify/*"));
    Files.writeString(
        config,
        "store: {host: 127.0.0.1, port: %s, name: postgres, user: tranche, %s}\n"
            .formatted(port, "password_file: ../password.txt"),
        StandardOpenOption.APPEND);
    Files.copy(site.folder().resolve("tenants.csv"), other.resolve("tenants.csv"));
    Files.copy(site.folder().resolve("password.txt"), other.resolve("password.txt"));
    Files.setPosixFilePermissions(
        other.resolve("password.txt"), PosixFilePermissions.fromString("rw-------"));
    List<String> arguments =
        List.of(
            "up",
            "--config",
            config.toString(),
            "--data",
            other.resolve("data").toString(),
            "--listen",
            "127.0.0.1:0",
            "--gateway-listen",
            "127.0.0.1:0");

    Said said = Said.of(site.tranche(arguments.toArray(String[]::new)));

    said.is(problem("control-store-unavailable", 7, "127.0.0.1:" + port, "tranche up"));
    assertThat(said.toString()).doesNotContain("wrong-password");
    assertThat(Processes.naming(other)).isEmpty();
  }
}
