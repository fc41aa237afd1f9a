package tranche.app.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.app.cli.CommandLineRun;
import tranche.app.cli.CommandLineRun.Result;

/// Over the stores of a configured fleet: pooled, shared, own, suspended and held ones.
class FleetSchemaTest {
  @TempDir private Path folder;
  private final String database = TestServer.emptied();
  private CommandLineRun line;

  @BeforeEach
  void fleet() throws IOException {
    line = new CommandLineRun(folder);
    Path password = folder.resolve("password");
    Files.writeString(password, TestServer.address().password().reveal());
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    Files.createDirectories(folder.resolve("db/tenant"));
    Files.createDirectories(folder.resolve("db/shared"));
    write("db/shared/V1__plans.sql", "CREATE TABLE plans (id int PRIMARY KEY);");
    write("db/tenant/V1__issues.sql", "CREATE TABLE issues (id bigint PRIMARY KEY);");
    write(
        "db/tenant/V2__title.sql",
        "-- tranche: requires=shared@1\nALTER TABLE issues ADD COLUMN title text;");
    write(
        "tranche.yaml",
        """
        databases:
          main:
            host: %s
            port: %d
            name: %s
            user: %s
            password_file: password
            application: {user: app, password_file: password}
        tenant_tiers:
          bridge:
            placement:
              model: hybrid
              shared: {database: main, schema: shared}
              own: {database: main, schema: "t_{tenant}"}
            cell: bridge
          premium:
            placement: {model: schema, database: main, schema: "t_{tenant}"}
            cell: premium
        tenants:
          inline:
            - {id: acme, tier: bridge, region: eu-west}
            - {id: globex, tier: bridge, region: us-east}
            - {id: initech, tier: premium, region: eu-north}
            - {id: hooli, tier: premium, region: us-east, status: suspended}
            - {id: umbrella, tier: premium, region: us-east, status: held, reason: "audit"}
            - {id: newco, tier: premium, region: eu-west}
        tranches: [{name: all}]
        schema: {migrations: db/tenant, shared: db/shared}
        """
            .formatted(
                TestServer.address().host(),
                TestServer.address().port(),
                database,
                TestServer.address().user()));
    for (String schema :
        new String[] {"shared", "t_acme", "t_globex", "t_initech", "t_hooli", "t_umbrella"}) {
      TestServer.run(database, "CREATE SCHEMA " + schema);
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text + "\n");
  }

  private Result schema(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "schema";
    System.arraycopy(words, 0, all, 1, words.length);
    return line.run(all);
  }

  private String there(String table) {
    return TestServer.ask(database, "SELECT to_regclass('" + table + "') IS NOT NULL").getFirst();
  }

  @Test
  void shared_stores_come_first_and_everybody_left_out_is_named() {
    Result plan = schema("plan");
    assertThat(plan.out())
        .contains("shared: folder db/shared", "tenants: folder db/tenant")
        .contains("shared V1 plans", "tenants V2 title")
        .contains("not there  1  newco")
        .contains("Left out 2", "tenant hooli (suspended", "tenant umbrella (held: audit)");

    Result applied = schema("apply");

    assertThat(applied.code()).as(applied.out() + applied.err()).isZero();
    assertThat(applied.out())
        .contains("✔ 4 done", "left alone   no such schema: main/t_newco", "held: audit");
    assertThat(there("shared.plans")).isEqualTo("t");
    assertThat(there("shared.issues")).isEqualTo("f");
    assertThat(there("t_acme.issues")).isEqualTo("t");
    assertThat(there("t_hooli.issues")).isEqualTo("f");
    assertThat(there("t_umbrella.issues")).isEqualTo("f");
    assertThat(schema("status").out())
        .contains("– not there  newco", "4  ✔ current".replace("4", "3"), "Left out 2");
  }

  @Test
  void a_selected_tenants_store_waits_for_the_shared_one_that_it_requires() {
    Result alone = schema("apply", "--tenant", "acme");
    assertThat(alone.code()).isEqualTo(1);
    assertThat(alone.out()).contains("needs shared@1, but main/shared is at");
    assertThat(there("t_acme.issues")).isEqualTo("f");

    Result both = schema("apply", "--tenant", "acme", "--include", "shared");
    assertThat(both.code()).as(both.out() + both.err()).isZero();
    assertThat(both.out()).contains("✔ 2 done");
    assertThat(there("t_acme.issues")).isEqualTo("t");
    assertThat(there("t_globex.issues")).isEqualTo("f");

    Result then = schema("apply", "--tenant", "globex");
    assertThat(then.out())
        .contains("✔ 1 done", "also holds data of 1 tenant not selected; --include shared");
  }

  @Test
  void tiers_and_regions_select_stores_and_suspended_tenants_can_be_taken_in() {
    Result europe = schema("status", "-l", "tier=premium,region=eu-*", "--show=stores");
    assertThat(europe.out()).contains("main/t_initech", "main/t_newco").doesNotContain("acme");

    assertThat(schema("apply", "-l", "tier=premium").out())
        .contains("needs shared@1, but main/shared is at");
    schema("apply", "-l", "tier=bridge");
    Result all = schema("apply", "-l", "tier=premium", "--include", "suspended");
    assertThat(all.out()).contains("✔ 2 done");
    assertThat(there("t_hooli.issues")).isEqualTo("t");
    assertThat(there("t_umbrella.issues")).isEqualTo("f");
  }

  @Test
  void one_tenant_is_taken_back_and_no_other_is_touched() {
    schema("apply");

    Result back = schema("revert", "--tenant", "acme", "--last", "1", "--accept-data-loss");

    assertThat(back.code()).as(back.out() + back.err()).isZero();
    assertThat(back.out()).contains("Taken back on 1 of 1 store", "main/shared");
    assertThat(schema("status").out()).contains("○ behind", "acme");
    assertThat(
            TestServer.ask(
                database,
                "SELECT nspname FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid JOIN"
                    + " pg_namespace n ON n.oid = relnamespace WHERE attname = 'title' AND NOT"
                    + " attisdropped ORDER BY 1"))
        .contains("t_globex", "t_initech")
        .doesNotContain("t_acme");
  }

  @Test
  void tenants_and_tiers_that_do_not_exist_and_empty_selections_are_named() {
    assertThat(schema("apply", "--tenant", "nobody").err()).contains("unknown-tenant", "nobody");
    assertThat(schema("apply", "-l", "tier=gold*").err()).contains("selector-not-understood");
    Result suspended = schema("apply", "--tenant", "hooli");
    assertThat(suspended.code()).isEqualTo(5);
    assertThat(suspended.err()).contains("no-store-left", "suspended");
  }

  @Test
  void cases_of_a_report_are_in_a_suite_for_each_tier() {
    Result report = schema("apply", "-o", "junit");

    assertThat(report.out())
        .contains("<testsuite name=\"bridge\" tests=\"3\"", "<testsuite name=\"premium\"")
        .contains("name=\"main/t_newco\"", "<skipped/>");
  }

  @Test
  void a_fleet_on_the_embedded_server_needs_it_to_run() throws IOException {
    write(
        "embedded.yaml",
        """
        data: %s
        databases: {main: {server: embedded, name: %s}}
        tenant_tiers:
          premium:
            placement: {model: schema, database: main, schema: "t_{tenant}"}
            cell: premium
        tenants: {inline: [{id: initech, tier: premium}]}
        tranches: [{name: all}]
        schema: {migrations: db/tenant}
        """
            .formatted(folder.resolve("nothing"), database));
    write("db/tenant/V2__title.sql", "ALTER TABLE issues ADD COLUMN title text;");

    Result down = schema("status", "--config", "embedded.yaml");
    assertThat(down.code()).isEqualTo(7);
    assertThat(down.err()).contains("embedded-server-not-running", "tranche up");

    String data = TestServer.dataFolder().toString();
    Result applied = schema("apply", "--config", "embedded.yaml", "--data", data);
    assertThat(applied.code()).as(applied.out() + applied.err()).isZero();
    assertThat(there("t_initech.issues")).isEqualTo("t");
  }
}
