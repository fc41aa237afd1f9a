package tranche.app.onboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.app.cli.CommandLineRun.Result;
import tranche.app.schema.TestServer;
import tranche.config.ConfigReader;
import tranche.config.TrancheConfig;
import tranche.config.fleet.FleetBuilder;
import tranche.config.fleet.TenantSources;
import tranche.core.fleet.Fleet;
import tranche.core.fleet.TenantId;
import tranche.core.policy.Cohort;
import tranche.core.release.Migration;
import tranche.core.release.ProcessArtifact;
import tranche.core.release.Release;
import tranche.core.release.ReleaseId;
import tranche.core.release.SchemaChange;
import tranche.core.release.SchemaPhase;
import tranche.core.release.SchemaRange;
import tranche.core.release.SchemaVersion;
import tranche.core.rollout.Event;
import tranche.core.rollout.FleetState;
import tranche.core.rollout.Plan;
import tranche.core.rollout.Planner;
import tranche.core.rollout.RolloutId;
import tranche.engine.journal.Fence;
import tranche.engine.journal.LedgerChange;
import tranche.postgres.control.ControlStore;
import tranche.postgres.control.ControlStoreSettings;

/// Adding tenants to a fleet that a control plane moves: its ledger, its releases and the rollout
/// that is on its way count.
class ControlledFleetTest {
  private static final Cohort EVERYBODY = new Cohort(List.of(), List.of(), List.of(), 1);

  @TempDir private Path folder;
  private NewcomerFleet fleet;
  private ControlStore control;
  private Fence fence;

  @BeforeEach
  void fleet() {
    fleet = new NewcomerFleet(folder);
    String database = TestServer.database();
    var server = TestServer.address();
    fleet.write(
        "tranche.yaml",
        fleet.read("tranche.yaml")
            + "store: {host: %s, port: %d, name: %s, user: %s, password_file: password}\n"
                .formatted(server.host(), server.port(), database, server.user()));
    assertThat(fleet.add("old", "--tier", "premium", "--region", "eu-west", "--to", "2").code())
        .isZero();
    assertThat(TestServer.ask(database, "SELECT to_regnamespace('tranche_control') IS NULL"))
        .containsExactly("t");
    control =
        ControlStore.open(
            ControlStoreSettings.of(server.jdbcUrl(database), server.user(), server.password()));
    fence = control.leases().acquire("test", Duration.ofHours(1)).orElseThrow();
  }

  @AfterEach
  void close() {
    control.close();
  }

  private Release release(String id, int migrations) {
    List<Migration> all =
        List.of(
            migration("1", "issues", "CREATE TABLE issues (id bigint PRIMARY KEY);"),
            migration("2", "title", "ALTER TABLE issues ADD COLUMN title text;"),
            migration("3", "seed", "INSERT INTO issues VALUES (1, 'welcome');"));
    SchemaVersion newest = new SchemaVersion(String.valueOf(migrations));
    Release release =
        Release.of(
            new ReleaseId(id),
            id,
            new ProcessArtifact("/nowhere", List.of(), List.of("{java}"), "/ready"),
            new SchemaChange(
                new SchemaRange(new SchemaVersion("1"), newest),
                newest,
                all.subList(0, migrations),
                List.of(),
                List.of()));
    control.releases().create(release);
    return release;
  }

  /// As a release folder has it: with the checksum of the file.
  private static Migration migration(String version, String description, String sql) {
    String checksum = Hex.sha256(sql);
    return new Migration(
        new SchemaVersion(version), description, SchemaPhase.EXPAND, sql, checksum);
  }

  /// Starts a rollout of the tenant `old`.
  private RolloutId start(Release release) {
    TrancheConfig config = ConfigReader.read(folder.resolve("tranche.yaml"), Map.of());
    Fleet known =
        FleetBuilder.build(
                config.fleet(),
                new TenantSources((_, _) -> List.of()).read(config.fleet().sources()))
            .fleet();
    FleetState state = new FleetState(known, Map.of(), Map.of(), Map.of(release.id(), release));
    Plan plan = Planner.plan(state, release, config.policy(), EVERYBODY);
    control.rollouts().save(plan, Instant.EPOCH);
    return control.rollouts().start(plan, "nina", fence).id();
  }

  private void end(RolloutId rollout, Release release) {
    var ledger = List.of(new LedgerChange(new TenantId("old"), Optional.of(release.id())));
    List<Event> events = List.of(new Event.Finished(Event.Ending.DONE));
    assertThat(control.journal().append(rollout, fence, events, ledger)).isNotEmpty();
  }

  private static Result well(Result result) {
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    return result;
  }

  @Test
  void a_tenant_begins_with_the_release_of_its_tier_without_any_folder() {
    Release release = release("2026.10", 3);
    end(start(release), release);
    fleet.write("tranche.yaml", fleet.read("tranche.yaml").replace("db/tenant", "nowhere"));

    Result added = well(fleet.add("acme", "--tier", "premium"));

    assertThat(added.out())
        .contains("at V2, as the other store of premium", "ran 2 migrations: V1 issues · V2 title")
        .contains("Next: tranche plan --to 2026.10");
    assertThat(fleet.columns("t_acme.issues")).containsExactly("id", "title");
    assertThat(fleet.ask("SELECT DISTINCT run FROM tranche.history WHERE target = 't_acme'"))
        .containsExactly("r-1");
    assertThat(
            fleet.ask(
                "SELECT (a.fingerprint = o.fingerprint)::text FROM tranche.store a, tranche.store o"
                    + " WHERE a.target = 't_acme' AND o.target = 't_old'"))
        .containsExactly("true");
    assertThat(fleet.ask("SELECT epoch FROM tranche.fence WHERE target = 't_acme'"))
        .containsExactly("1");
  }

  @Test
  void a_tier_on_its_way_takes_nobody_unless_a_version_is_named() {
    Release release = release("2026.11", 3);
    RolloutId rollout = start(release);
    String list = fleet.tenants();

    Result refused = fleet.add("acme", "--tier", "premium");

    assertThat(refused.code()).isEqualTo(6);
    assertThat(refused.err())
        .contains("tier-is-moving", "Rollout r-1 moves tenants of tier premium to 2026.11")
        .contains("tranche rollout watch r-1");
    assertThat(fleet.tenants()).isEqualTo(list);
    assertThat(fleet.ask("SELECT to_regnamespace('t_acme') IS NULL")).containsExactly("t");
    assertThat(well(fleet.add("bee", "--tier", "platinum")).out()).contains("Added bee");
    assertThat(well(fleet.add("cee", "--tier", "premium", "--to", "2")).out())
        .contains("at V2, as asked with --to");

    end(rollout, release);
    assertThat(well(fleet.add("acme", "--tier", "premium")).out()).contains("at V2");
  }
}
