package tranche.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tranche.core.fleet.CellId;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.IsolationModel;
import tranche.core.fleet.Placement;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.StoreRole;
import tranche.core.fleet.StoreUse;
import tranche.core.fleet.Tenant;
import tranche.core.fleet.TenantId;
import tranche.core.fleet.TenantStatus;

class CohortTest {
  private static final Placement PLACEMENT =
      new Placement(
          IsolationModel.ROW,
          new CellId("basic"),
          List.of(new StoreUse(StoreRole.MAIN, new StoreId(new DatabaseId("pool"), "app"))));

  @ParameterizedTest
  @CsvSource({
    "test-*, test-1, true",
    "test-*, a-test-1, false",
    "*-1, test-1, true",
    "a*a, a, false",
    "a*a, aa, true",
    "a*b*c, a-x-b-y-c, true",
    "a*b*c, a-x-c-y-b, false",
    "acme, acme, true",
    "acme, acme-2, false",
    "*, anything, true",
    "****************************a, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, false"
  })
  void a_star_stands_for_any_characters(String pattern, String id, boolean matches) {
    Cohort cohort = new Cohort(List.of(), List.of(), List.of(pattern), 1);
    assertThat(cohort.select(List.of(tenant(id)), "salt")).hasSize(matches ? 1 : 0);
  }

  @Test
  void a_share_takes_the_same_tenants_again_and_others_with_another_salt() {
    List<Tenant> fleet = IntStream.range(0, 1_000).mapToObj(i -> tenant("t" + i)).toList();
    Cohort percent = new Cohort(List.of(), List.of(), List.of(), 0.01);

    List<Tenant> first = percent.select(fleet, "2026.11/canary");

    assertThat(first).hasSize(10).isEqualTo(percent.select(fleet, "2026.11/canary"));
    assertThat(percent.select(fleet, "2026.12/canary")).hasSize(10).isNotEqualTo(first);
  }

  @Test
  void a_share_of_somebody_is_at_least_one_tenant() {
    Cohort percent = new Cohort(List.of(), List.of(), List.of(), 0.01);
    assertThat(percent.select(List.of(tenant("a"), tenant("b")), "salt")).hasSize(1);
  }

  private static Tenant tenant(String id) {
    return new Tenant(new TenantId(id), "basic", "eu", new TenantStatus.Active(), PLACEMENT);
  }
}
