package tranche.core.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreReferenceTest {
  @Test
  void a_reference_is_read_as_it_is_written() {
    assertThat(StoreReference.parse(" orders.plan_id->shared.plans.id "))
        .contains(new StoreReference("orders", "plan_id", "plans", "id"));
    assertThat(StoreReference.parse("orders.plan_id -> shared.plans.id").orElseThrow())
        .hasToString("orders.plan_id -> shared.plans.id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "orders -> shared.plans.id",
        "orders.plan_id -> plans.id",
        "orders.plan_id -> other.plans.id",
        "orders.plan_id = shared.plans.id",
        "orders.\"x\"; DROP -> shared.plans.id"
      })
  void anything_else_is_none(String text) {
    assertThat(StoreReference.parse(text)).isEmpty();
  }
}
