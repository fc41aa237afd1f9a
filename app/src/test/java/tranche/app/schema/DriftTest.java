package tranche.app.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.app.cli.CommandLineRun.Result;

/// Stores that were changed behind the back of their migrations.
class DriftTest {
  @TempDir private Path folder;
  private SchemaRun schema;

  @BeforeEach
  void stores() throws IOException {
    schema = new SchemaRun(folder);
    schema.tenants(5);
    schema.migration(
        "V1__issues.sql", "CREATE TABLE issues (id bigint PRIMARY KEY, priority smallint);");
    schema.migration(
        "V2__title.sql",
        "ALTER TABLE issues ADD COLUMN title text;\n"
            + "CREATE FUNCTION ${flyway:defaultSchema}.one() RETURNS int LANGUAGE sql AS 'SELECT"
            + " 1';");
    schema.migration("R__view.sql", "CREATE OR REPLACE VIEW open AS SELECT id FROM issues;");
    assertThat(schema.run("apply").code()).isZero();
  }

  @Test
  void equal_stores_do_not_drift_from_each_other_nor_from_their_migrations() {
    assertThat(schema.run("drift").out()).contains("✔ 5 as expected", "Drift: none in 5 stores.");
    Result made = schema.run("drift", "--against", "migrations");
    assertThat(made.code()).as(made.out() + made.err()).isZero();
    assertThat(made.out()).contains("against what the migrations make", "none in 5 stores");
    assertThat(
            TestServer.ask(
                schema.database(),
                "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'tranche\\_scratch%'"))
        .isEmpty();
  }

  @Test
  void stores_are_grouped_by_what_differs() {
    schema.sql(
        "ALTER TABLE tenant_2.issues ALTER COLUMN priority TYPE integer",
        "ALTER TABLE tenant_4.issues ALTER COLUMN priority TYPE integer",
        "CREATE INDEX by_title ON tenant_5.issues (title)");

    Result drift = schema.run("drift");

    assertThat(drift.code()).isEqualTo(1);
    assertThat(drift.out())
        .contains("✔ 2 as expected", "✕ 2 stores at 2   tenant_2, tenant_4")
        .contains("column issues.priority: integer, expected smallint")
        .contains("✕ 1 store at 2   tenant_5", "index by_title", "Drift: 3 of 5 stores differ.");
    assertThat(schema.run("drift", "--against", "migrations").out()).contains("3 of 5 stores");
    assertThat(schema.run("drift", "-o", "json").out())
        .contains("\"kind\":\"schema-drift\"", "\"equal\":2");
    assertThat(schema.run("drift", "-o", "junit").out()).contains("failures=\"2\"");
  }

  @Test
  void one_store_can_be_what_all_others_should_be() {
    schema.sql("ALTER TABLE tenant_2.issues ADD COLUMN extra text");

    Result drift = schema.run("drift", "--reference", "tenant_2");

    assertThat(drift.out()).contains("against tenant_2", "✔ 1 as expected");
    assertThat(drift.out()).contains("4 stores", "column issues.extra is missing");
    Result unknown = schema.run("drift", "--reference", "tenant_9");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("one of the selected stores");
  }

  @Test
  void stores_of_different_versions_are_not_compared_with_each_other() {
    schema.run("revert", "--schemas", "tenant_1", "--last", "1", "--accept-data-loss");

    assertThat(schema.run("drift").out()).contains("none in 5 stores");
  }
}
