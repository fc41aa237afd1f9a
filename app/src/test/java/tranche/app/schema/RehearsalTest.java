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
    assertThat(plan.out()).contains("✔ rehearsed V2 on a copy of tenant_1 in 0.", "came back");
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
        .containsPattern(
            "✕ rehearsed on a copy of tenant_1 in \\S+ s: migration 2 is not taken back by"
                + " its\\s+undo")
        .contains("column issues.old_title is not expected");
    Result refused = schema.run("apply", "--rehearse");
    assertThat(refused.code()).isEqualTo(6);
    assertThat(refused.err()).contains("rehearsal-failed", "old_title");
    assertThat(schema.columns("tenant_1", "issues")).containsExactly("id");
    assertThat(leftovers()).isEqualTo("0");
  }

  @Test
  void an_apply_rehearses_unasked_says_what_goes_wrong_and_goes_on() throws IOException {
    schema.migration("U2__title.sql", "ALTER TABLE issues RENAME COLUMN title TO old_title;");

    Result apply = schema.run("apply");

    assertThat(apply.code()).isZero();
    assertThat(apply.err())
        .contains("✕ rehearsed on a copy of tenant_1", "column issues.old_title is not expected");
    assertThat(apply.out()).contains("✔ 3 done");
    assertThat(leftovers()).isEqualTo("0");
  }

  @Test
  void a_good_undo_is_one_line_and_nothing_is_tried_without_need_or_against_the_will() {
    Result apply = schema.run("apply", "-o", "json");
    assertThat(apply.err()).contains("✔ rehearsed V2 on a copy of tenant_1 in 0.");
    assertThat(apply.out()).contains("\"outcome\":\"restored\"");
    assertThat(schema.run("apply").err()).doesNotContain("rehearsed");
    schema.sql("DROP SCHEMA tenant_2 CASCADE", "CREATE SCHEMA tenant_2");
    assertThat(schema.run("apply").err()).doesNotContain("rehearsed");
  }

  @Test
  void with_never_nothing_is_tried() throws IOException {
    schema.migration("U2__title.sql", "SELECT 1;");

    Result apply = schema.run("apply", "--rehearse=never");

    assertThat(apply.err()).doesNotContain("rehearsed");
    assertThat(apply.out()).contains("✔ 3 done");
  }

  @Test
  void an_index_built_concurrently_is_rehearsed_and_what_names_other_schemas_is_not()
      throws IOException {
    schema.migration("V3__index.sql", "CREATE INDEX CONCURRENTLY issues_title ON issues (title);");
    schema.migration("V4__other.sql", "CREATE TABLE tenant_1.stray (id bigint);");

    Result apply = schema.run("apply", "--to", "3");
    assertThat(apply.err()).contains("✔ rehearsed V2, V3 on a copy of tenant_1");

    assertThat(schema.run("plan", "--rehearse=report").out())
        .contains("○ not rehearsed", "V4 names tenant_1.stray");
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
