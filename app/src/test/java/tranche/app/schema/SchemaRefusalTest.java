package tranche.app.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tranche.app.cli.CommandLineRun.Result;

/// What cannot be meant, or cannot be done, is said with its fix, and nothing is changed.
class SchemaRefusalTest {
  @TempDir private Path folder;
  private SchemaRun schema;

  @BeforeEach
  void migrations() throws IOException {
    schema = new SchemaRun(folder);
    schema.tenants(1);
    schema.migration("V1__create_issues.sql", "CREATE TABLE issues (id bigint PRIMARY KEY);");
  }

  @ParameterizedTest
  @CsvSource({
    "--on-error, sometimes, option-not-understood, 2",
    "--on-error, budget:200%, option-not-understood, 2",
    "--parallel, 0, option-not-understood, 2",
    "--parallel, 1000, option-not-understood, 2",
    "--to, newest, option-not-understood, 2",
    "--to, 99, version-not-in-folder, 2",
    "--timeout, 5, span-not-understood, 2",
    "--lock-timeout, forever, span-not-understood, 2",
    "--migrations, nowhere, no-migrations, 5",
    "--password-file, nowhere, missing-file, 2",
    "--schema, public, target-contradicts-itself, 2",
    "--databases, x, target-contradicts-itself, 2",
    "--tenant, acme, target-contradicts-itself, 2",
    "--config, tranche.yaml, target-contradicts-itself, 2",
    "--colour, never, command-not-understood, 2",
  })
  void a_wrong_option_is_named_with_what_it_takes(
      String option, String value, String code, int exit) {
    Result result = schema.run("apply", option, value);

    assertThat(result.err()).contains("problem " + code).contains("fix ");
    assertThat(result.code()).isEqualTo(exit);
    assertThat(schema.columns("tenant_1", "issues")).isEmpty();
  }

  @Test
  void a_password_in_a_url_is_refused_and_never_repeated() {
    Result result =
        schema.runBare("status", "--url", "postgresql://u:hunter2@127.0.0.1/app", "-o", "json");
    assertThat(result.out()).contains("password-in-url").doesNotContain("hunter2");
    Result mistyped = schema.runBare("status", "--ur", "postgresql://u:hunter2@127.0.0.1/app");
    assertThat(mistyped.err()).contains("--url").doesNotContain("hunter2");
  }

  @Test
  void a_database_that_is_not_there_or_a_password_that_is_wrong_is_named() {
    Result absent =
        schema.runBare("status", "--url", TestServer.url("nowhere"), "--schemas", "tenant_%");
    assertThat(absent.code()).isEqualTo(7);
    assertThat(absent.err()).contains("target-unreachable", "nowhere", "PGPASSWORD");

    schema.line().environment.put("PGPASSWORD", "wrong one");
    Result wrong = schema.run("status");
    assertThat(wrong.code()).isEqualTo(7);
    assertThat(wrong.err()).contains("target-unreachable").doesNotContain("wrong one");
  }

  @Test
  void a_pattern_that_matches_nothing_says_what_there_is() {
    Result result = schema.run("apply", "--schemas", "customer_%");

    assertThat(result.code()).isEqualTo(5);
    assertThat(result.err()).contains("no-store-matches", "2 schemas: public, tenant_1");
  }

  @Test
  void without_a_target_the_ways_to_name_one_are_shown() {
    Result result = schema.runBare("status");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("no-target", "--schemas 'tenant_*'", "--config FILE");
  }

  @Test
  void taking_back_needs_to_know_how_much() {
    Result nothing = schema.run("revert");
    assertThat(nothing.code()).isEqualTo(2);
    assertThat(nothing.err()).contains("revert-without-scope", "--last N");
    Result both = schema.run("revert", "--last", "1", "--to", "1");
    assertThat(both.err()).contains("revert-without-scope", "several ways");
  }

  @Test
  void a_role_without_rights_changes_nothing_and_is_told_so() {
    schema.sql("CREATE ROLE nobody_" + schema.database() + " LOGIN PASSWORD 'weak'");
    schema.line().environment.put("PGPASSWORD", "weak");
    String url =
        TestServer.url(schema.database())
            .replace(TestServer.address().user() + "@", "nobody_" + schema.database() + "@");

    Result result = schema.runBare("apply", "--url", url, "--schemas", "tenant_%");

    assertThat(result.code()).isNotZero();
    assertThat(result.out() + result.err()).contains("permission denied");
    assertThat(schema.columns("tenant_1", "issues")).isEmpty();
  }

  @Test
  void a_syntax_error_is_told_with_its_place() throws IOException {
    schema.migration("V2__broken.sql", "ALTER TABLE issues\n  ADD COLUMM x int;");

    Result result = schema.run("plan");

    assertThat(result.code()).isNotZero();
    assertThat(result.err()).contains("V2__broken.sql", "2");
    assertThat(schema.run("apply").code()).isNotZero();
    assertThat(schema.columns("tenant_1", "issues")).isEmpty();
  }

  @Test
  void stores_can_be_looked_at_without_a_folder_of_migrations() throws IOException {
    schema.run("apply");
    Files.delete(folder.resolve("migrations/V1__create_issues.sql"));
    Files.delete(folder.resolve("migrations"));

    Result status = schema.run("status");

    assertThat(status.code()).isZero();
    assertThat(status.out()).contains("1             1  ✔ current", "tranche schema new");
  }

  @Test
  void the_next_migration_is_named_as_the_others_are() {
    Result first = schema.runBare("new", "Add colour!", "--undo", "--phase", "expand");
    assertThat(first.out())
        .contains("Wrote migrations/V2__add_colour.sql", "Wrote migrations/U2__add_colour.sql");
    assertThat(folder.resolve("migrations/V2__add_colour.sql"))
        .content()
        .contains("phase=expand", "Add colour!");
    Result pair = schema.runBare("new", "first", "--migrations", "pairs", "--format", "up-down");
    assertThat(pair.out()).contains("pairs/", "_first.up.sql");
    assertThat(schema.runBare("new", "one", "--kind", "repeatable").out())
        .contains("Wrote migrations/R__one.sql");
    Result again = schema.runBare("new", "one", "--kind", "repeatable");
    assertThat(again.code()).isEqualTo(7);
    assertThat(again.err()).contains("file-not-written", "it is there already");
    assertThat(schema.runBare("new", " ").code()).isEqualTo(2);
    assertThat(List.of(folder.toFile().list())).contains("migrations", "pairs");
  }

  @Test
  void an_unsafe_script_is_a_warning_for_empty_stores_and_for_those_that_come_late()
      throws IOException {
    schema.migration("V2__index.sql", "CREATE INDEX issues_id ON issues (id);");
    Result first = schema.run("plan");
    assertThat(first.code()).as(first.out() + first.err()).isZero();
    assertThat(first.out())
        .contains("‖ warning index-not-concurrently (this store is empty)")
        .doesNotContain("to clear first");
    assertThat(schema.run("apply").code()).isZero();

    schema.sql("CREATE SCHEMA tenant_2");
    assertThat(schema.run("apply", "--to", "1").code()).isZero();
    Result late = schema.run("plan");
    assertThat(late.out()).contains("‖ warning index-not-concurrently (already runs in 1 store)");
    assertThat(schema.run("plan", "-o", "json").out())
        .contains("\"severity\":\"warning\"", "\"eased\":\"already runs in 1 store\"");
    assertThat(schema.run("apply").out()).contains("✔ 1 done");
  }

  @Test
  void an_unsafe_script_that_nobody_has_yet_stays_an_error_for_stores_in_use() throws IOException {
    assertThat(schema.run("apply").code()).isZero();
    schema.sql("CREATE SCHEMA tenant_2");
    schema.migration("V2__index.sql", "CREATE INDEX issues_id ON issues (id);");

    Result plan = schema.run("plan");

    assertThat(plan.code()).isEqualTo(1);
    assertThat(plan.out()).contains("✕ error index-not-concurrently", "1 error to clear first");
    assertThat(schema.run("apply").err()).contains("migration-unsafe");
  }
}
