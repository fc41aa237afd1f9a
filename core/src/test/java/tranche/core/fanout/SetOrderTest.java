package tranche.core.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tranche.core.fanout.StoreSet.Role;
import tranche.core.migration.Requirement;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;
import tranche.core.release.SchemaVersion;

final class SetOrderTest {
  private static StoreSet set(String name, Role role, String... requires) {
    return new StoreSet(
        name,
        role,
        List.of(),
        Arrays.stream(requires).map(r -> new Requirement(r, new SchemaVersion("1"))).toList());
  }

  private static Problem problem(StoreSet... sets) {
    return catchThrowableOfType(
            ProblemException.class, () -> assertThat(SetOrder.of(List.of(sets))).isNull())
        .problem();
  }

  @Test
  void shared_sets_come_before_those_of_tenants() {
    SetOrder order =
        SetOrder.of(
            List.of(
                set("tenants", Role.TENANT),
                set("shared", Role.SHARED),
                set("audit", Role.SHARED)));

    assertThat(order.stages()).containsExactly(Set.of("shared", "audit"), Set.of("tenants"));
    assertThat(order.before().get("tenants")).containsExactlyInAnyOrder("shared", "audit");
  }

  @Test
  void what_is_required_comes_first() {
    SetOrder order =
        SetOrder.of(
            List.of(
                set("shared", Role.SHARED, "core"),
                set("core", Role.SHARED),
                set("big", Role.TENANT, "small"),
                set("small", Role.TENANT)));

    assertThat(order.stages())
        .containsExactly(Set.of("core"), Set.of("shared"), Set.of("small"), Set.of("big"));
  }

  @Test
  void a_circle_is_a_problem_that_names_it() {
    assertThat(problem(set("a", Role.SHARED, "b"), set("b", Role.SHARED, "a")))
        .isEqualTo(new OrderProblem.SetsInCircle(List.of("a", "b", "a")));
    assertThat(problem(set("a", Role.SHARED, "a")))
        .isEqualTo(new OrderProblem.SetsInCircle(List.of("a", "a")));
    assertThat(problem(set("shared", Role.SHARED, "tenants"), set("tenants", Role.TENANT)))
        .isInstanceOf(OrderProblem.SetsInCircle.class);
  }

  @Test
  void a_set_that_nobody_declared_is_a_problem() {
    assertThat(problem(set("a", Role.SHARED, "x")).code()).isEqualTo("store-set-unknown");
    assertThat(problem(set("a", Role.SHARED), set("a", Role.TENANT)).code())
        .isEqualTo("store-set-twice");
  }

  @Test
  void every_set_has_one_stage_behind_all_that_it_waits_for() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<StoreSet> sets = new ArrayList<>();
      int count = 1 + random.nextInt(8);
      for (int i = 0; i < count; i++) {
        String[] requires =
            sets.stream()
                .filter(s -> s.role() == Role.SHARED && random.nextInt(3) == 0)
                .map(StoreSet::name)
                .toArray(String[]::new);
        sets.add(set("s" + i, random.nextBoolean() ? Role.SHARED : Role.TENANT, requires));
      }
      Collections.shuffle(sets, random);
      SetOrder order = SetOrder.of(sets);
      Set<String> done = new HashSet<>();
      for (Set<String> stage : order.stages()) {
        stage.forEach(name -> assertThat(done).containsAll(order.before().get(name)));
        stage.forEach(name -> assertThat(done.add(name)).isTrue());
      }
      assertThat(done).hasSize(count);
    }
  }
}
