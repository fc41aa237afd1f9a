package tranche.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.config.GatewayConfig.TenantFrom;
import tranche.config.database.DatabaseConfig.Creation;
import tranche.config.database.Server;
import tranche.config.fleet.DeclaredFleet;
import tranche.config.fleet.FleetBuilder;
import tranche.config.fleet.TenantSources;
import tranche.core.fleet.Stickiness;
import tranche.core.judge.Criteria;
import tranche.core.policy.Cohort;
import tranche.core.policy.FailureBudget;
import tranche.core.policy.Gates;
import tranche.core.policy.OnUnhealthy;
import tranche.core.policy.Strategy;
import tranche.core.policy.TierPolicy;
import tranche.core.policy.TranchePolicy;
import tranche.core.policy.Verification;

final class ConfigReaderTest {
  @TempDir private Path temp;

  private ConfigFolder folder;
  private TrancheConfig config;

  @BeforeEach
  void readTheDocumentedExample() throws IOException {
    folder = new ConfigFolder(temp);
    config = folder.read(ConfigFolder.documentedExample());
  }

  @Test
  void services_are_where_the_file_says() {
    assertThat(config.about().version()).contains("1.0");
    assertThat(config.controlPlane().data()).isEqualTo(folder.path().resolve(".tranche"));
    assertThat(config.controlPlane().listen()).hasToString("127.0.0.1:8080");
    assertThat(config.controlPlane().store().orElseThrow().server()).hasToString("db1:5432");
    assertThat(config.gateway())
        .isEqualTo(
            new GatewayConfig(
                new ListenAddress("127.0.0.1", 8000),
                List.of(TenantFrom.HOST, TenantFrom.HEADER),
                "X-Tenant",
                "X-User"));
    assertThat(config.limits()).isEqualTo(Limits.DEFAULT);
    assertThat(config.schema())
        .isEqualTo(
            new SchemaConfig(
                java.util.Optional.of(folder.path().resolve("db/tenant")),
                java.util.Optional.of(folder.path().resolve("db/shared")),
                java.util.Map.of("owner", "app_owner"),
                List.of("extensions"),
                List.of()));
    assertThat(config.schema().toString()).contains("owner").doesNotContain("app_owner");
  }

  @Test
  void passwords_come_from_files_and_variables_and_are_shown_nowhere() {
    var elsewhere = config.fleet().databases().get("elsewhere");

    assertThat(elsewhere.server())
        .isInstanceOfSatisfying(
            Server.External.class,
            s -> assertThat(s.login().password().reveal()).isEqualTo("migrator-password"));
    assertThat(elsewhere.application().login().orElseThrow().password().reveal())
        .isEqualTo("from-environment");
    assertThat(elsewhere.create()).isEqualTo(Creation.NEVER);
    assertThat(config.fleet().databases().get("pool").create()).isEqualTo(Creation.IF_ABSENT);
    assertThat(config.toString())
        .contains("user=tracker_app")
        .doesNotContain("migrator-password", "store-password", "from-environment");
  }

  @Test
  void tiers_say_where_and_how_their_tenants_move() {
    assertThat(config.fleet().tiers().get("basic").sticky()).isEqualTo(Stickiness.USER);
    assertThat(config.policy().tier("basic"))
        .isEqualTo(
            new TierPolicy(
                "basic",
                new Strategy.Canary(List.of(10, 50, 100), Duration.ofSeconds(2)),
                new FailureBudget(0.005, 20),
                OnUnhealthy.REVERT));
    assertThat(config.policy().tier("bridge"))
        .isEqualTo(
            new TierPolicy(
                "bridge",
                new Strategy.BlueGreen(Duration.ZERO),
                FailureBudget.NONE,
                OnUnhealthy.HALT));
  }

  @Test
  void tranches_keep_their_order_and_gates() {
    assertThat(config.policy().ladder())
        .extracting(TranchePolicy::name)
        .containsExactly("test", "canary", "basic", "premium", "platinum", "rest");
    assertThat(config.policy().ladder().get(1))
        .isEqualTo(
            new TranchePolicy(
                "canary",
                new Cohort(List.of("basic"), List.of(), List.of(), 0.01),
                100_000,
                new Gates(
                    java.util.Optional.empty(),
                    new Verification(3),
                    Duration.ofMinutes(10),
                    java.util.Optional.of(new Criteria(0.005, 200)))));
    assertThat(config.policy().contract().revertWindow()).isEqualTo(Duration.ofHours(12));
    assertThat(config.suites()).hasSize(1);
  }

  @Test
  void the_tenants_of_all_sources_make_one_fleet() {
    var sources =
        new TenantSources((database, query) ->
            List.of(Map.of("id", "globex", "tier", "platinum", "region", database.value())));

    DeclaredFleet declared =
        FleetBuilder.build(config.fleet(), sources.read(config.fleet().sources()));

    assertThat(declared.fleet().tenants())
        .extracting(t -> t.id().value())
        .containsExactly("test-1", "hooli", "acme-bank", "acme", "initech", "globex");
    assertThat(declared.databases().keySet())
        .extracting(Object::toString)
        .containsExactly("platinum-globex", "pool", "premium");
    assertThat(config.fleet().plainDatabases().keySet())
        .extracting(Object::toString)
        .containsExactly("elsewhere", "pool", "premium");
  }

  @Test
  void the_configuration_of_the_example_application_is_read() {
    Path example = Path.of("../examples/issue-tracker/tranche.yaml");
    assertThat(Files.exists(example)).isTrue();

    TrancheConfig tracker = ConfigReader.read(example, Map.of());
    var sources = new TenantSources((_, _) -> List.of());
    DeclaredFleet declared =
        FleetBuilder.build(tracker.fleet(), sources.read(tracker.fleet().sources()));

    assertThat(declared.fleet().countByTier())
        .containsEntry("basic", 1247L)
        .containsEntry("premium", 89L)
        .containsEntry("platinum", 12L);
    assertThat(tracker.suites()).isNotEmpty();
  }
}
