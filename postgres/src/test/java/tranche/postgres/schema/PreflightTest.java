package tranche.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static tranche.postgres.schema.World.expand;
import static tranche.postgres.schema.World.problem;
import static tranche.postgres.schema.World.release;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tranche.core.fleet.StoreId;
import tranche.core.release.PreflightCheck;
import tranche.engine.schema.SchemaProblem.DatabaseUnreachable;
import tranche.engine.schema.SchemaProblem.PreflightFailed;

final class PreflightTest {
  @TempDir Path backups;
  private World world;
  private StoreId acme;

  @BeforeEach
  void provision() throws Exception {
    world = World.clean(backups);
    acme = world.provisioned("acme");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void fill() {
    world.migrate(
        acme, expand("1", "CREATE TABLE t (id int); INSERT INTO t SELECT generate_series(1, 9)"));
  }

  private PreflightFailed failure(String sql) {
    return problem(
        PreflightFailed.class,
        () -> world.driver.preflight(acme, release(List.of(new PreflightCheck("fit", sql)))));
  }

  @Test
  void a_check_that_finds_nothing_passes() {
    fill();
    var check = new PreflightCheck("fit", "SELECT id FROM t WHERE id > 100;");
    assertThatCode(() -> world.driver.preflight(acme, release(List.of(check))))
        .doesNotThrowAnyException();
  }

  @Test
  void the_first_rows_are_shown() {
    fill();
    var one = failure("SELECT id, 'a' || id AS name FROM t WHERE id = 2");
    assertThat(one.check()).isEqualTo("fit");
    assertThat(one.finding()).isEqualTo("id=2, name=a2");

    var many = failure("SELECT id FROM t ORDER BY id");
    assertThat(many.finding()).isEqualTo("1; 2; 3; 4; 5; and more");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM t RETURNING id",
        "WITH d AS (DELETE FROM t RETURNING id) SELECT * FROM d",
        "SELECT set_config('transaction_read_only', 'off', false) FROM t",
        "COMMIT; DELETE FROM t",
        "COMMIT",
        "SELECT 1; SELECT 2",
        "SELECT no_such_column FROM t"
      })
  void a_check_cannot_change_anything(String sql) throws Exception {
    fill();
    assertThat(failure(sql).finding()).isNotBlank();
    assertThat(world.ask("SELECT count(*) FROM acme.t")).isEqualTo("9");
    world.migrate(acme, expand("2", "INSERT INTO t VALUES (10)"));
  }

  @Test
  void a_store_without_tables_has_nothing_to_break() {
    var check = new PreflightCheck("fit", "SELECT * FROM t");
    assertThatCode(() -> world.driver.preflight(acme, release(List.of(check))))
        .doesNotThrowAnyException();
  }

  @Test
  void a_database_that_is_gone_is_no_finding() {
    var gone = World.fresh(backups);
    problem(
        DatabaseUnreachable.class,
        () ->
            gone.driver.preflight(
                gone.store("acme"),
                release(List.of(new PreflightCheck("fit", "SELECT 1 WHERE false")))));
    gone.close();
  }
}
