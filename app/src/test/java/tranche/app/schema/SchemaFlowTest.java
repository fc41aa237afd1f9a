package tranche.app.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.app.cli.CommandLineRun.FakeTerminal;
import tranche.app.cli.CommandLineRun.Result;

/// The whole way on real stores: look, plan, apply, look again, fail, go on, take back.
class SchemaFlowTest {
  @TempDir private Path folder;
  private SchemaRun schema;

  @BeforeEach
  void migrations() throws IOException {
    schema = new SchemaRun(folder);
    schema.migration(
        "V1__create_issues.sql",
        "CREATE TABLE issues (id bigint PRIMARY KEY, title text NOT NULL);");
    schema.migration("V2__add_priority.sql", "ALTER TABLE issues ADD COLUMN priority smallint;");
  }

  @Test
  void stores_are_looked_at_planned_applied_and_looked_at_again() {
    schema.tenants(12);

    assertThat(schema.run("status").out())
        .contains("12 stores", "–            12  ○ empty")
        .contains("lacks V1, V2", "Next: tranche schema plan --url");
    assertThat(schema.run("plan").out())
        .contains("to move 12 of 12 stores", "V2 add priority   expand · one transaction")
        .contains("ACCESS EXCLUSIVE", "ALTER TABLE issues DROP COLUMN priority; loses what")
        .contains("– → 2          12  V1, V2", "Nothing has been changed");
    assertThat(schema.run("status").out()).contains("○ empty");
    Result applied = schema.run("apply");
    assertThat(applied.code()).isZero();
    assertThat(applied.out()).contains("Applied to 12 of 12 stores", "V1 on 12 · V2 on 12");
    assertThat(schema.run("status").out()).contains("2            12  ✔ current");
    assertThat(schema.run("plan").out()).contains("Plan: nothing to do");
    assertThat(schema.run("apply").out()).contains("Nothing to do on 12 stores");
    assertThat(schema.columns("tenant_7", "issues")).containsExactly("id", "title", "priority");
  }

  @Test
  void a_dry_run_shows_the_sql_once_for_each_past_and_changes_nothing() throws IOException {
    schema.tenants(3);
    schema.run("apply", "--to", "1");
    schema.sql("CREATE SCHEMA tenant_4");

    Result dry = schema.run("apply", "--dry-run");

    assertThat(dry.code()).isZero();
    assertThat(dry.out())
        .contains("-- 3 stores from 1 to 2: tenant_1, tenant_2, tenant_3")
        .contains("-- 1 store from nothing to 2: tenant_4")
        .contains("SET LOCAL search_path TO \"tenant_1\", \"pg_temp\";")
        .contains("ALTER TABLE issues ADD COLUMN priority smallint;\nCOMMIT;");
    assertThat(schema.columns("tenant_1", "issues")).containsExactly("id", "title");
    assertThat(schema.columns("tenant_4", "issues")).isEmpty();
  }

  @Test
  void failures_are_grouped_by_cause_and_the_next_run_goes_on() throws IOException {
    schema.tenants(5);
    schema.run("apply");
    for (int i = 2; i <= 3; i++) {
      schema.sql("INSERT INTO tenant_" + i + ".issues VALUES (1, 'same'), (2, 'same')");
    }
    schema.migration("V3__unique.sql", "CREATE UNIQUE INDEX issues_title ON issues (title);");

    Result failed =
        schema.run("apply", "--on-error", "continue", "--allow", "index-not-concurrently");

    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.out())
        .contains("Applied to 3 of 5 stores", "✕ 2 failed")
        .contains("2  statement-failed at V3   tenant_")
        .contains("Next: tranche schema status --failed");
    assertThat(schema.run("status").out())
        .contains("3             3  ✔ current", "✕ failed", "tenant_2, tenant_3");
    Result onlyFailed = schema.run("status", "--failed", "--show=stores");
    assertThat(onlyFailed.out()).contains("/tenant_2 ").doesNotContain("✔ current");
    schema.sql("DELETE FROM tenant_2.issues", "DELETE FROM tenant_3.issues");
    Result again = schema.run("apply", "--allow", "index-not-concurrently");
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("✔ 2 done", "✔ 3 had nothing to do");
  }

  @Test
  void the_first_failure_ends_a_run_unless_a_budget_allows_it() throws IOException {
    schema.tenants(6);
    schema.run("apply");
    schema.sql("ALTER TABLE tenant_1.issues ADD COLUMN state text");
    schema.migration("V3__state.sql", "ALTER TABLE issues ADD COLUMN state text;");

    Result stopped = schema.run("apply", "--parallel", "1");
    assertThat(stopped.code()).isEqualTo(1);
    assertThat(stopped.out()).contains("✕ 1 failed", "○ 5 not begun", "--on-error continue");

    Result budget = schema.run("apply", "--on-error", "budget:20%", "--parallel", "1");
    assertThat(budget.code()).isEqualTo(1);
    assertThat(budget.out()).contains("✔ 5 done", "✕ 1 failed");
  }

  @Test
  void taking_back_touches_exactly_the_selected_stores_and_refuses_to_lose_data() {
    schema.tenants(3);
    schema.run("apply");

    Result refused = schema.run("revert", "--schemas", "tenant_2", "--last", "1");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.out()).contains("undo-loses-data", "--accept-data-loss");
    assertThat(schema.columns("tenant_2", "issues")).contains("priority");

    Result dry =
        schema.run(
            "revert", "--schemas", "tenant_2", "--last", "1", "--accept-data-loss", "--dry-run");
    assertThat(dry.out())
        .contains("take back V2", "ALTER TABLE issues DROP COLUMN priority")
        .contains("loses what was written to issues.priority", "SET LOCAL search_path");
    assertThat(schema.columns("tenant_2", "issues")).contains("priority");

    Result done = schema.run("revert", "--schemas", "tenant_2", "--to", "1", "--accept-data-loss");
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("Taken back on 1 of 1 store");
    assertThat(schema.columns("tenant_2", "issues")).containsExactly("id", "title");
    assertThat(schema.columns("tenant_1", "issues")).contains("priority");
    assertThat(schema.run("status").out()).contains("○ behind   tenant_2");
  }

  @Test
  void databases_are_stores_too() throws IOException {
    String one = TestServer.database();
    String two = TestServer.database();
    String pattern = one.substring(0, one.lastIndexOf('_')) + "_*";

    Result applied =
        schema.runBare(
            "apply", "--url", TestServer.url("postgres"), "--databases", one, "--databases", two);

    assertThat(applied.code()).as(applied.out() + applied.err()).isZero();
    assertThat(applied.out()).contains("Applied to 2 of 2 stores");
    Result status =
        schema.runBare("status", "--url", TestServer.url("postgres"), "--databases", pattern);
    assertThat(status.out()).contains("databases " + pattern, "✔ current");
    assertThat(TestServer.ask(one, "SELECT count(*) FROM public.issues")).containsExactly("0");
  }

  @Test
  void machines_get_an_envelope_a_line_for_each_store_or_test_cases() {
    schema.tenants(2);

    Result lines = schema.run("apply", "-o", "ndjson");
    assertThat(lines.out().lines()).hasSize(2).allMatch(l -> l.contains("\"state\":\"done\""));
    assertThat(schema.run("status", "-o", "json").out())
        .startsWith("{\"ok\":true,\"kind\":\"schema-status\"")
        .contains("\"state\":\"current\",\"version\":\"2\",\"stores\":2");
    assertThat(schema.run("plan", "-o", "json").out()).contains("\"kind\":\"schema-plan\"");
    assertThat(schema.run("apply", "-o", "json").out())
        .contains("\"kind\":\"schema-run\"", "\"unchanged\":2");
    assertThat(schema.run("status", "-o", "junit").out())
        .contains("<testsuite name=\"" + schema.database() + "\" tests=\"2\" failures=\"0\"");
    schema.sql("CREATE SCHEMA tenant_3");
    assertThat(schema.run("status", "-o", "junit").out())
        .contains("failures=\"1\"", "name=\"" + schema.database() + "/tenant_3\"");
    assertThat(schema.run("apply", "-o", "junit").out()).contains("tests=\"3\" failures=\"0\"");
    assertThat(schema.run("status", "-o", "ndjson").out().lines()).hasSize(3);
    assertThat(schema.run("status", "-o", "wide").out()).contains("STORE ", "/tenant_3");
  }

  @Test
  void detailed_exit_codes_say_whether_something_is_to_be_done() {
    schema.tenants(1);

    assertThat(schema.run("plan", "--detailed-exitcode").code()).isEqualTo(20);
    assertThat(schema.run("status", "--detailed-exitcode").code()).isEqualTo(20);
    schema.run("apply");
    assertThat(schema.run("plan", "--detailed-exitcode").code()).isZero();
    assertThat(schema.run("status", "--detailed-exitcode").code()).isZero();
  }

  @Test
  void a_person_is_asked_before_many_stores_are_changed() {
    schema.tenants(2);
    schema.line().terminal = FakeTerminal.typing("no");

    Result refused = schema.run("apply");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.out()).contains("Plan: 2 stores to move");
    assertThat(refused.err())
        .contains("About to apply 2 migrations to 2 stores", "confirmation-needed");
    assertThat(schema.columns("tenant_1", "issues")).isEmpty();

    schema.line().terminal = FakeTerminal.typing("yes");
    Result agreed = schema.run("apply");
    assertThat(agreed.code()).isZero();
    assertThat(agreed.err()).contains("◐ moving", "2/2", "at once");
    assertThat(schema.columns("tenant_1", "issues")).isNotEmpty();

    Result unneeded = schema.run("apply");
    assertThat(unneeded.err()).doesNotContain("About to");
  }

  @Test
  void stores_that_nobody_adopted_are_not_touched() {
    schema.tenants(1);
    schema.sql("CREATE SCHEMA tenant_2", "CREATE TABLE tenant_2.issues (id int)");

    Result status = schema.run("status");
    assertThat(status.out()).contains("‖ not adopted  tenant_2", "Next: tranche schema adopt");
    Result stopped = schema.run("apply");
    assertThat(stopped.code()).isEqualTo(1);
    assertThat(stopped.out()).contains("store-not-adopted", "○ 1 not begun");
    assertThat(schema.run("apply", "--on-error", "continue").out()).contains("✔ 1 done");
    assertThat(schema.columns("tenant_2", "issues")).containsExactly("id");
  }

  @Test
  void a_time_limit_ends_a_run_before_stores_that_have_not_begun() throws IOException {
    schema.tenants(4);
    schema.migration("V3__slow.sql", "SELECT pg_sleep(0.7);");

    Result ended = schema.run("apply", "--parallel", "1", "--timeout", "400ms");

    assertThat(ended.code()).isEqualTo(124);
    assertThat(ended.out()).contains("Ended by --timeout", "not begun");
    assertThat(schema.run("apply").code()).isZero();
  }

  @Test
  void migrations_below_a_stores_version_are_refused_unless_asked_for() throws IOException {
    schema.tenants(1);
    schema.run("apply");
    schema.migration("V1.5__late.sql", "ALTER TABLE issues ADD COLUMN late text;");

    assertThat(schema.run("plan").out()).contains("✕ refused", "--out-of-order");
    assertThat(schema.run("apply").code()).isEqualTo(1);
    assertThat(schema.run("apply", "--out-of-order").code()).isZero();
    assertThat(schema.columns("tenant_1", "issues")).contains("late");
  }

  @Test
  void an_unsafe_statement_is_shown_with_the_safe_way_and_not_run_unless_allowed()
      throws IOException {
    schema.tenants(1);
    schema.run("apply");
    schema.migration("V3__index.sql", "CREATE INDEX issues_title ON issues (title);");

    Result plan = schema.run("plan");
    assertThat(plan.code()).isEqualTo(1);
    assertThat(plan.out())
        .contains("✕ error index-not-concurrently", "V3__index.sql:1:1", "CONCURRENTLY")
        .contains("1 error to clear first");
    Result refused = schema.run("apply");
    assertThat(refused.code()).isEqualTo(6);
    assertThat(refused.err()).contains("migration-unsafe", "index-not-concurrently");
    assertThat(schema.run("plan", "--allow", "index-not-concurrently").out())
        .contains("○ error index-not-concurrently (allowed)");
    assertThat(schema.run("apply", "--allow", "index-not-concurrently").code()).isZero();
  }

  @Test
  void a_status_is_short_however_many_stores_there_are() {
    schema.tenants(30);

    List<String> lines = schema.run("status").out().lines().toList();

    assertThat(lines).hasSizeLessThanOrEqualTo(7);
  }
}
