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

/// What tenants refer to in the store that they share.
class FleetReferencesTest {
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
    write(
        "db/shared/V1__plans.sql",
        "CREATE TABLE plans (id int PRIMARY KEY, note text); INSERT INTO plans VALUES (1), (2);");
    write("db/tenant/V1__orders.sql", "CREATE TABLE orders (id bigint PRIMARY KEY, plan_id int);");
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
        tenants:
          inline:
            - {id: acme, tier: bridge}
            - {id: globex, tier: bridge}
        tranches: [{name: all}]
        schema:
          migrations: db/tenant
          shared: db/shared
          references: [orders.plan_id -> shared.plans.id]
        """
            .formatted(
                TestServer.address().host(),
                TestServer.address().port(),
                database,
                TestServer.address().user()));
    for (String schema : new String[] {"shared", "t_acme", "t_globex"}) {
      TestServer.run(database, "CREATE SCHEMA " + schema);
    }
    assertThat(schema("apply").out())
        .contains("✔ references orders.plan_id -> shared.plans.id: all values of 2 stores");
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

  @Test
  void values_that_are_not_there_are_counted_after_a_run_and_not_told() throws IOException {
    TestServer.run(
        database, "INSERT INTO t_globex.orders VALUES (1, 1), (2, 77), (3, 77), (4, 78)");
    write("db/tenant/V2__note.sql", "ALTER TABLE orders ADD COLUMN note text;");

    Result applied = schema("apply");

    assertThat(applied.code()).isEqualTo(1);
    assertThat(applied.out())
        .contains("✔ 2 done", "✕ references orders.plan_id -> shared.plans.id: 1 store with values")
        .contains("globex (2)")
        .doesNotContain("77");
    assertThat(schema("apply").code()).as("nothing was changed, nothing is looked at").isZero();
  }

  @Test
  void a_shared_migration_that_takes_away_what_tenants_refer_to_is_refused() throws IOException {
    write(
        "db/shared/V2__rename.sql",
        "-- tranche: phase=contract\nALTER TABLE plans RENAME COLUMN id TO number;");

    Result plan = schema("plan");
    assertThat(plan.code()).isEqualTo(1);
    assertThat(plan.out())
        .contains("✕ error breaks-reference", "orders.plan_id", "V2__rename.sql:2");
    Result apply = schema("apply");
    assertThat(apply.err()).contains("migration-unsafe", "takes away shared.plans.id");

    write("db/shared/V2__rename.sql", "ALTER TABLE plans ADD COLUMN extra text;");
    assertThat(schema("apply").code()).isZero();
  }

  @Test
  void a_destructive_shared_migration_does_not_begin_while_values_are_broken_already()
      throws IOException {
    TestServer.run(database, "INSERT INTO t_acme.orders VALUES (1, 99)");
    write(
        "db/shared/V2__drop.sql",
        "-- tranche: phase=contract\nALTER TABLE plans DROP COLUMN note;");

    Result refused = schema("apply");
    assertThat(refused.code()).isEqualTo(6);
    assertThat(refused.err()).contains("references-broken", "1 store has values", "acme");

    TestServer.run(database, "DELETE FROM t_acme.orders");
    assertThat(schema("apply").code()).isZero();
  }
}
