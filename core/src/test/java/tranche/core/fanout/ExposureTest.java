package tranche.core.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.Finding;
import tranche.core.migration.HistoryKind;

/// Who could be hurt by an unsafe migration.
class ExposureTest {
  private static final StoreId ONE = store("t1");
  private static final StoreId TWO = store("t2");

  private final FleetPast past = new FleetPast();

  private static StoreId store(String schema) {
    return new StoreId(new DatabaseId("main"), schema);
  }

  @Test
  void what_other_stores_have_already_is_no_error_for_who_comes_late() {
    assertThat(Exposure.of(12, List.of(ONE), Set.of()))
        .isEqualTo(new Exposure.RunsAlready(12))
        .hasToString("already runs in 12 stores");
    assertThat(Exposure.of(1, List.of(ONE), Set.of(ONE))).hasToString("already runs in 1 store");
  }

  @Test
  void what_only_empty_stores_need_is_no_error_and_one_store_in_use_makes_it_one() {
    assertThat(Exposure.of(0, List.of(ONE, TWO), Set.of(ONE, TWO)))
        .isEqualTo(new Exposure.OnlyEmpty(2))
        .hasToString("these stores are empty");
    assertThat(Exposure.of(0, List.of(ONE, TWO), Set.of(ONE))).isEqualTo(new Exposure.InUse());
    assertThat(Exposure.of(0, List.of(), Set.of(ONE))).isEqualTo(new Exposure.InUse());
  }

  @Test
  void only_what_hurts_users_of_the_store_is_eased() {
    for (Exposure exposure : List.of(new Exposure.RunsAlready(1), new Exposure.OnlyEmpty(1))) {
      assertThat(exposure.eases(error(Finding.Reach.STORE))).isTrue();
      assertThat(exposure.eases(error(Finding.Reach.BEYOND))).isFalse();
    }
    assertThat(new Exposure.InUse().eases(error(Finding.Reach.STORE))).isFalse();
  }

  private static Finding error(Finding.Reach reach) {
    return new Finding(Finding.Severity.ERROR, reach, "rule", "V1__a.sql", 1, 1, "a", "b", "c");
  }

  @Test
  void stores_are_counted_by_set_key_and_text() {
    past.add("tenants", ONE, Sample.managed("1", "2"));
    past.add("tenants", TWO, Sample.managed("1", "2"));
    past.add("tenants", store("t3"), Sample.managed("1"));
    past.add("shared", store("shared"), Sample.managed("1", "2", "3"));

    assertThat(past.runsIn("tenants", Sample.migration("1"))).isEqualTo(3);
    assertThat(past.runsIn("tenants", Sample.migration("2"))).isEqualTo(2);
    assertThat(past.runsIn("tenants", Sample.migration("3"))).isZero();
    assertThat(past.runsIn("tenants", Sample.migration("2=other"))).isZero();
    assertThat(past.runsIn("shared", Sample.migration("3"))).isOne();
  }

  @Test
  void a_changed_repeatable_migration_is_another_one() {
    past.add("tenants", ONE, Sample.managed("1", "R:views=old"));

    assertThat(past.runsIn("tenants", Sample.migration("R:views=old"))).isOne();
    assertThat(past.runsIn("tenants", Sample.migration("R:views=new"))).isZero();
  }

  @Test
  void only_a_schema_without_anything_is_empty_and_a_bare_history_has_to_be_looked_at() {
    past.add("tenants", ONE, new StoreReading.Unmanaged(List.of(), true));
    past.add("tenants", TWO, Sample.managed());
    past.add("tenants", store("t3"), new StoreReading.Unmanaged(List.of(), false));
    past.add("tenants", store("t4"), new StoreReading.Unmanaged(List.of(HistoryKind.RAILS), true));
    past.add("tenants", store("t5"), Sample.halfway("1"));
    past.add("tenants", store("t6"), Sample.managed("1"));

    assertThat(past.isEmpty(ONE)).isTrue();
    assertThat(past.isBare(TWO)).isTrue();
    for (String other : List.of("t2", "t3", "t4", "t5", "t6")) {
      assertThat(past.isEmpty(store(other))).as(other).isFalse();
    }
    for (String other : List.of("t1", "t3", "t4", "t5", "t6")) {
      assertThat(past.isBare(store(other))).as(other).isFalse();
    }
  }

  @Test
  void a_reading_without_rows_and_with_a_failure_is_bare() {
    past.add("tenants", ONE, new StoreReading.Managed(Sample.history(), Optional.of("no room")));

    assertThat(past.isBare(ONE)).isTrue();
  }
}
