package tranche.app.onboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.app.cli.CommandLineRun.Result;
import tranche.app.schema.TestServer;
import tranche.core.migration.FlywayChecksum;

/// New tenants of every isolation model, on a real server.
class AddTenantTest {
  @TempDir private Path folder;
  private NewcomerFleet fleet;

  @BeforeEach
  void fleet() {
    fleet = new NewcomerFleet(folder);
  }

  private static Result well(Result result) {
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    return result;
  }

  @Test
  void the_first_tenant_of_a_tier_begins_at_the_newest_version() {
    fleet.tenants("id,tier,region\n");

    Result added = well(fleet.add("acme", "--tier", "premium", "--region", "eu-west"));

    assertThat(added.out())
        .contains("Added acme", "premium, eu-west, a schema of its own")
        .contains("✔ store main/t_acme   created, at V3, the newest; the tier has no other store")
        .contains("ran 3 migrations: V1 issues · V2 title · V3 seed")
        .contains("✔ list   tenants.csv:2   acme, premium, eu-west");
    assertThat(fleet.tenants()).isEqualTo("id,tier,region\nacme,premium,eu-west\n");
    assertThat(fleet.ask("SELECT title FROM t_acme.issues")).containsExactly("welcome");
    assertThat(fleet.comment("t_acme")).isEmpty();
    assertThat(fleet.schema("status", "--tenant", "acme").out()).contains("current");
  }

  @Test
  void a_schema_tenant_begins_where_its_tier_is_and_nobody_else_is_touched() {
    well(fleet.add("old", "--tier", "premium", "--region", "eu-west", "--to", "2"));
    String before = fleet.digest("t_old");

    Result added = well(fleet.add("acme", "--tier", "premium"));

    assertThat(added.out()).contains("at V2, as the other store of premium");
    assertThat(fleet.columns("t_acme.issues")).containsExactly("id", "title");
    assertThat(fleet.ask("SELECT count(*) FROM t_acme.issues")).containsExactly("0");
    assertThat(fleet.digest("t_old")).isEqualTo(before);
    assertThat(well(fleet.schema("apply")).out()).contains("✔ 2 done");
  }

  @Test
  void the_application_may_use_what_migrations_made() throws Exception {
    well(fleet.add("acme", "--tier", "premium"));

    try (var connection =
            java.sql.DriverManager.getConnection(
                TestServer.address().jdbcUrl(fleet.database()),
                "newcomer_app",
                "secret of the application");
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO t_acme.issues VALUES (7, 'mine')");
    }
    assertThat(fleet.ask("SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 't_acme'"))
        .containsExactly(TestServer.address().user());
  }

  @Test
  void a_database_tenant_gets_a_database() {
    Result added = well(fleet.add("acme", "--tier", "platinum"));

    assertThat(added.out())
        .contains("a database of its own", "store own-acme/app   created, at V3");
    assertThat(NewcomerFleet.columns(fleet.ownDatabase("acme"), "app.issues"))
        .containsExactly("id", "title");
    assertThat(
            TestServer.ask(
                "postgres",
                "SELECT has_database_privilege('public', '%s', 'CONNECT')"
                    .formatted(fleet.ownDatabase("acme"))))
        .containsExactly("f");
    assertThat(fleet.tenants()).endsWith("acme,platinum,\n");
  }

  @Test
  void a_database_that_must_not_be_created_is_asked_for_and_used_when_it_is_there() {
    Result refused = fleet.add("acme", "--tier", "iridium");

    assertThat(refused.code()).isEqualTo(7);
    assertThat(refused.err()).contains("tenant-database-missing", "create: true");
    assertThat(fleet.tenants()).doesNotContain("acme");

    TestServer.run("postgres", "CREATE DATABASE " + fleet.givenDatabase("acme"));
    well(fleet.add("acme", "--tier", "iridium"));
    assertThat(NewcomerFleet.columns(fleet.givenDatabase("acme"), "app.issues")).hasSize(2);
  }

  @Test
  void a_database_with_anything_else_in_it_is_refused() {
    TestServer.run("postgres", "CREATE DATABASE " + fleet.ownDatabase("acme"));
    TestServer.run(fleet.ownDatabase("acme"), "CREATE TABLE theirs (id int)");

    Result refused = fleet.add("acme", "--tier", "platinum");

    assertThat(refused.code()).isEqualTo(6);
    assertThat(refused.err()).contains("store-in-use", "own-acme/app", "table theirs");
    assertThat(
            TestServer.ask(fleet.ownDatabase("acme"), "SELECT to_regnamespace('tranche') IS NULL"))
        .containsExactly("t");
  }

  @Test
  void a_hybrid_tenant_gets_its_own_part_and_the_shared_one_once() {
    Result first = well(fleet.add("acme", "--tier", "bridge"));

    assertThat(first.out())
        .contains("store main/shared (shared)   created, at V1", "store main/b_acme   created");
    fleet.sql("INSERT INTO shared.plans VALUES (1)");
    String shared = fleet.digest("shared");

    Result second = well(fleet.add("globex", "--tier", "bridge"));

    assertThat(second.out()).contains("main/b_globex").doesNotContain("main/shared");
    assertThat(fleet.digest("shared")).isEqualTo(shared);
    assertThat(fleet.columns("b_globex.issues")).hasSize(2);
    assertThat(fleet.columns("b_globex.plans")).isEmpty();
  }

  @Test
  void a_store_that_requires_a_shared_one_at_some_version_finds_it() {
    fleet.write(
        "db/tenant/V4__plan.sql",
        "-- tranche: requires=shared@1\nALTER TABLE issues ADD COLUMN plan int;");

    well(fleet.add("acme", "--tier", "bridge"));
    well(fleet.add("globex", "--tier", "bridge"));

    assertThat(fleet.columns("b_globex.issues")).contains("plan");
  }

  @Test
  void a_row_tenant_is_only_written_down_where_its_pool_is_there() {
    well(fleet.add("acme", "--tier", "basic"));
    String pool = fleet.digest("pool");

    Result second = well(fleet.add("globex", "--tier", "basic", "--region", "us-east"));

    assertThat(second.out()).contains("no store to make");
    assertThat(fleet.digest("pool")).isEqualTo(pool);
    assertThat(fleet.tenants()).endsWith("acme,basic,\nglobex,basic,us-east\n");
  }

  @Test
  void a_dry_run_says_what_would_be_done_and_changes_nothing() {
    Result dry = well(fleet.add("acme", "--tier", "premium", "--dry-run"));

    assertThat(dry.out())
        .contains("Would add acme", "○ store main/t_acme   create, at V3")
        .contains("run 3 migrations", "write to tenants.csv", "Nothing has been changed.");
    assertThat(fleet.ask("SELECT to_regnamespace('t_acme') IS NULL")).containsExactly("t");
    assertThat(fleet.tenants()).doesNotContain("acme");
  }

  @Test
  void the_result_can_be_read_by_programs() {
    Result added = well(fleet.add("acme", "--tier", "premium", "-o", "json"));

    assertThat(added.out())
        .contains("\"ok\":true", "\"kind\":\"tenant-added\"", "\"store\":\"main/t_acme\"")
        .contains("\"how\":\"written\"", "\"version\":\"3\"")
        .hasLineCount(1);
    assertThat(fleet.add("acme", "--tier", "premium", "-o", "json").out())
        .contains("\"ok\":false", "tenant-exists");
  }

  @Test
  void rules_that_protect_rows_do_not_stop_an_empty_store() {
    fleet.write("db/tenant/V4__type.sql", "ALTER TABLE issues ALTER COLUMN id TYPE numeric;");
    fleet.tenants("id,tier,region\n");

    Result added = well(fleet.add("acme", "--tier", "premium"));

    assertThat(added.out()).contains("at V4");
  }

  @Test
  void a_new_store_begins_with_the_newest_baseline() {
    fleet.tenants("id,tier,region\n");
    fleet.write(
        "db/tenant/B2__all.sql", "CREATE TABLE issues (id bigint PRIMARY KEY, title text);");

    assertThat(well(fleet.add("acme", "--tier", "premium")).out())
        .contains("ran 2 migrations: V2 all · V3 seed");
  }

  @Test
  void a_tenant_of_a_list_that_is_no_file_is_made_ready_and_finished_when_it_is_on_the_list() {
    fleet.configure("inline: [{id: old, tier: premium}]");

    Result ready = well(fleet.add("acme", "--tier", "premium"));

    assertThat(ready.out())
        .contains("Made ready for acme", "write this into tenants.inline of tranche.yaml")
        .contains("- {id: acme, tier: premium}", "Next: tranche tenant add acme --tier premium");
    fleet.configure("inline: [{id: old, tier: premium}, {id: acme, tier: premium}]");
    Result added = well(fleet.add("acme", "--tier", "premium"));
    assertThat(added.out()).contains("gone on with what was begun", "on it: tranche.yaml:");
    assertThat(fleet.comment("t_acme")).isEmpty();
    assertThat(fleet.add("acme", "--tier", "premium").err()).contains("tenant-exists");
  }

  @Test
  void a_schema_that_somebody_prepared_is_used_and_its_comment_kept() {
    fleet.sql("CREATE SCHEMA t_acme", "COMMENT ON SCHEMA t_acme IS 'ticket 42'");

    well(fleet.add("acme", "--tier", "premium"));

    assertThat(fleet.comment("t_acme")).isEqualTo("ticket 42");
    assertThat(fleet.columns("t_acme.issues")).hasSize(2);
  }

  @Test
  void a_tier_that_flyway_goes_on_with_gets_a_store_that_flyway_knows() {
    fleet.tenants("id,tier,region\nold,premium,\n");
    fleet.sql(
        "CREATE SCHEMA t_old",
        "CREATE TABLE t_old.issues (id bigint PRIMARY KEY)",
        """
        CREATE TABLE t_old.flyway_schema_history (installed_rank int NOT NULL PRIMARY KEY,
          version varchar(50), description varchar(200) NOT NULL, type varchar(20) NOT NULL,
          script varchar(1000) NOT NULL, checksum int, installed_by varchar(100) NOT NULL,
          installed_on timestamp NOT NULL DEFAULT now(), execution_time int NOT NULL,
          success boolean NOT NULL)\
        """,
        "INSERT INTO t_old.flyway_schema_history VALUES (1, '1', 'issues', 'SQL',"
            + " 'V1__issues.sql', %d, 'app', now(), 1, true)"
                .formatted(FlywayChecksum.of(fleet.read("db/tenant/V1__issues.sql"))));
    well(fleet.schema("adopt", "-y"));
    String before = fleet.digest("t_old");

    Result added = well(fleet.add("acme", "--tier", "premium"));

    assertThat(added.out()).contains("at V1, as the other store of premium");
    String row =
        "SELECT (installed_rank, version, description, type, script, checksum, success)::text FROM"
            + " t_%s.flyway_schema_history";
    assertThat(fleet.ask(row.formatted("acme"))).isEqualTo(fleet.ask(row.formatted("old")));
    assertThat(fleet.digest("t_old")).isEqualTo(before);
    well(fleet.schema("apply", "--allow", "add-column"));
    assertThat(fleet.ask("SELECT version, kind FROM tranche.store")).containsExactly("3", "3");
    assertThat(fleet.ask("SELECT count(*) FROM t_acme.flyway_schema_history")).containsExactly("3");
    assertThat(fleet.schema("status").out()).contains("2  ✔ current");
  }

  @Test
  void on_the_embedded_server_the_application_gets_the_role_that_a_control_plane_would_make()
      throws Exception {
    String data = TestServer.dataFolder().toString();
    String name = fleet.ownDatabase("emb");
    fleet.write(
        "embedded.yaml",
        """
        data: %s
        databases: {"own-{tenant}": {server: embedded, name: "%s_{tenant}"}}
        tenant_tiers:
          platinum:
            placement: {model: database, database: "own-{tenant}", schema: app}
            cell: platinum
        tenants: {csv: tenants.csv}
        tranches: [{name: all}]
        schema: {migrations: db/tenant}
        """
            .formatted(data, name));
    fleet.tenants("id,tier\n");

    well(fleet.add("acme", "--tier", "platinum", "--config", "embedded.yaml"));

    Path secrets = TestServer.dataFolder().resolve("secrets");
    String database = name + "_acme";
    String password =
        java.nio.file.Files.readString(secrets.resolve("application-" + database)).strip();
    try (var connection =
            java.sql.DriverManager.getConnection(
                TestServer.address().jdbcUrl(database), database + "_app", password);
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO app.issues VALUES (7, 'mine')");
    }
    try (var files = java.nio.file.Files.list(secrets)) {
      assertThat(files.map(f -> f.getFileName().toString())).noneMatch(f -> f.startsWith("."));
    }
  }
}
