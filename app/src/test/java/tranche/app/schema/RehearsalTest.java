package tranche.app.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.app.cli.CommandLineRun.Result;

/// Migrations and their undo are tried on a copy before any store is touched.
class RehearsalTest {
  @TempDir private Path folder;
  private SchemaRun schema;

  @BeforeEach
  void stores() throws IOException {
    schema = new SchemaRun(folder);
    schema.tenants(3);
    schema.migration("V1__issues.sql", "CREATE TABLE issues (id bigint PRIMARY KEY);");
    schema.run("apply");
    schema.migration("V2__title.sql", "ALTER TABLE issues ADD COLUMN title text;");
  }

  @Test
  void an_undo_that_brings_everything_back_is_said_to() {
    Result plan = schema.run("plan", "--rehearse");

    assertThat(plan.code()).as(plan.out() + plan.err()).isZero();
    assertThat(plan.out()).contains("✔ rehearsed V2 on a copy of tenant_1", "came back");
    assertThat(schema.columns("tenant_1", "issues")).containsExactly("id");
    assertThat(schema.run("apply", "--rehearse").out()).contains("✔ 3 done");
    assertThat(leftovers()).isEqualTo("0");
  }

  @Test
  void an_undo_that_leaves_something_behind_stops_an_apply() throws IOException {
    schema.migration("U2__title.sql", "ALTER TABLE issues RENAME COLUMN title TO old_title;");

    Result plan = schema.run("plan", "--rehearse");
    assertThat(plan.code()).isEqualTo(1);
    assertThat(plan.out())
        .contains("✕ rehearsed on a copy of tenant_1: migration 2 is not taken back by its undo")
        .contains("column issues.old_title is not expected");
    Result refused = schema.run("apply", "--rehearse");
    assertThat(refused.code()).isEqualTo(6);
    assertThat(refused.err()).contains("rehearsal-failed", "old_title");
    assertThat(schema.columns("tenant_1", "issues")).containsExactly("id");
    assertThat(leftovers()).isEqualTo("0");
  }

  @Test
  void what_cannot_be_taken_back_is_not_rehearsed() throws IOException {
    schema.migration("V2__title.sql", "UPDATE issues SET id = id + 1 WHERE id < 0;");

    assertThat(schema.run("plan", "--rehearse").out()).contains("○ not rehearsed");
  }

  private String leftovers() {
    return TestServer.ask(
            schema.database(),
            "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'tranche\\_scratch%'")
        .getFirst();
  }
}
