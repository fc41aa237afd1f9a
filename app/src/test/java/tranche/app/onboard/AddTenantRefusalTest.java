package tranche.app.onboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.app.cli.CommandLineRun.Result;

/// What is refused, and that nothing was changed then.
class AddTenantRefusalTest {
  @TempDir private Path folder;
  private NewcomerFleet fleet;
  private String list;

  @BeforeEach
  void fleet() {
    fleet = new NewcomerFleet(folder);
    list = fleet.tenants();
  }

  private void refused(Result result, int code, String... words) {
    assertThat(result.code()).as(result.out() + result.err()).isEqualTo(code);
    assertThat(result.err()).contains(words);
    assertThat(result.out()).isEmpty();
    assertThat(fleet.tenants()).isEqualTo(list);
  }

  private void nothingMade() {
    assertThat(fleet.ask("SELECT to_regnamespace('t_acme') IS NULL")).containsExactly("t");
  }

  @Test
  void an_id_that_is_taken_is_refused_whatever_its_tier() {
    assertThat(fleet.add("old", "--tier", "premium", "--region", "eu-west").code()).isZero();
    String before = fleet.digest("t_old");

    refused(
        fleet.add("old", "--tier", "premium", "--region", "eu-west"),
        6,
        "tenant-exists",
        "tenants.csv:2");
    refused(
        fleet.add("old", "--tier", "platinum"),
        6,
        "tenants.csv:2 has old, premium, eu-west, asked for was old, platinum");
    assertThat(fleet.digest("t_old")).isEqualTo(before);
  }

  @Test
  void ids_tiers_and_regions_that_cannot_be_are_named() {
    refused(fleet.add("Acme", "--tier", "premium"), 2, "command line", "'Acme'", "tenant id");
    refused(fleet.add("acme", "--tier", "gold"), 2, "tier 'gold' is not declared", "premium");
    refused(fleet.add("acme", "--tier", "premium", "--region", "eu west"), 2, "a region of");
    refused(fleet.add("acme", "--tier", "premium", "--status", "new"), 2, "suspended");
    refused(fleet.add("acme"), 2, "--tier");
    nothingMade();
  }

  @Test
  void two_ids_that_would_share_a_schema_are_refused() {
    refused(fleet.add("ol-d", "--tier", "premium", "--to", "9"), 2, "version-not-in-folder");
    list = "id,tier,region\nol-d,premium,\n";
    fleet.tenants(list);

    refused(fleet.add("ol_d", "--tier", "premium"), 2, "store-collision", "main/t_ol_d");
  }

  @Test
  void a_column_that_the_file_lacks_is_named_before_anything_is_made() {
    refused(
        fleet.add("acme", "--tier", "premium", "--status", "suspended"),
        2,
        "tenants-file-column-missing",
        "'status'");
    nothingMade();
  }

  @Test
  void a_schema_with_contents_is_left_as_it_is() {
    fleet.sql("CREATE SCHEMA t_acme", "CREATE FUNCTION t_acme.f() RETURNS int RETURN 1");

    refused(fleet.add("acme", "--tier", "premium"), 6, "store-in-use", "function t_acme.f()");

    assertThat(fleet.comment("t_acme")).isEmpty();
    assertThat(fleet.ask("SELECT t_acme.f()")).containsExactly("1");
  }

  @Test
  void a_store_of_a_former_tenant_is_not_given_to_a_new_one() {
    assertThat(fleet.add("acme", "--tier", "premium").code()).isZero();
    fleet.tenants(list);
    String before = fleet.digest("t_acme");

    refused(fleet.add("acme", "--tier", "premium"), 6, "store-in-use", "table t_acme.issues");

    assertThat(fleet.digest("t_acme")).isEqualTo(before);
  }

  @Test
  void the_history_of_a_schema_that_was_dropped_does_not_count_for_the_new_one() {
    assertThat(fleet.add("acme", "--tier", "premium").code()).isZero();
    fleet.tenants(list);
    fleet.sql("DROP SCHEMA t_acme CASCADE");

    Result again = fleet.add("acme", "--tier", "premium");

    assertThat(again.code()).as(again.err()).isZero();
    assertThat(fleet.ask("SELECT title FROM t_acme.issues")).containsExactly("welcome");
  }

  @Test
  void a_tier_at_several_versions_is_refused_unless_a_version_is_named() {
    list = "id,tier,region\n";
    fleet.tenants(list);
    fleet.add("one", "--tier", "premium", "--to", "1");
    fleet.add("two", "--tier", "premium", "--to", "2");
    fleet.add("too", "--tier", "premium", "--to", "2");
    list = fleet.tenants();

    refused(
        fleet.add("acme", "--tier", "premium"),
        6,
        "tier-versions-differ",
        "2 at V2 (main/t_too), 1 at V1 (main/t_one)",
        "--to");
    nothingMade();
    assertThat(fleet.add("acme", "--tier", "premium", "--to", "1").out())
        .contains("at V1, as asked with --to");
  }

  @Test
  void stores_that_a_run_leaves_alone_do_not_decide_where_a_tier_is() {
    fleet.tenants("id,tier,region,status,reason\n");
    fleet.add("one", "--tier", "premium", "--to", "1", "--status", "suspended");
    fleet.add("two", "--tier", "premium", "--to", "2");

    assertThat(fleet.add("acme", "--tier", "premium").out())
        .contains("at V2, as the other store of premium");
    assertThat(fleet.tenants()).endsWith("acme,premium,,,\n");
  }

  @Test
  void a_tier_whose_stores_nobody_has_adopted_is_refused() {
    fleet.sql("CREATE SCHEMA t_old", "CREATE TABLE t_old.issues (id int)");

    refused(fleet.add("acme", "--tier", "premium"), 6, "tier-not-adopted", "schema adopt");
    nothingMade();
  }

  @Test
  void a_migration_that_fails_leaves_the_tenant_off_the_list_and_is_gone_on_with() {
    fleet.write("db/tenant/V4__wrong.sql", "SELECT 1 / (SELECT count(*) FROM plans);");

    Result failed = fleet.add("acme", "--tier", "premium");

    refused(failed, 1, "Tenant acme is not on the list of tenants.", "goes on where this one");
    assertThat(fleet.comment("t_acme")).isEqualTo("tranche: being made for tenant acme");
    fleet.write("db/tenant/V4__wrong.sql", "SELECT 1;");
    Result again = fleet.add("acme", "--tier", "premium");
    assertThat(again.out())
        .contains("gone on with what was begun, at V4", "ran 1 migration: V4 wrong");
  }
}
