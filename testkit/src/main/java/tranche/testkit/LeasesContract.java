package tranche.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tranche.engine.journal.Fence;
import tranche.engine.journal.Leases;

/// What every implementation of [Leases] does.
public abstract class LeasesContract extends ControlContract {
  private Leases leases() {
    return ports().leases();
  }

  @Test
  void a_free_lease_goes_to_whoever_asks() {
    assertThat(leases().acquire("a", LEASE)).isPresent();
  }

  @Test
  void a_held_lease_goes_to_nobody_else() {
    Fence fence = lead("a");

    assertThat(leases().acquire("b", LEASE)).isEmpty();
    assertThat(leases().renew(fence, LEASE)).isTrue();
  }

  @Test
  void the_same_holder_gets_it_again_with_a_higher_number() {
    Fence first = lead("a");
    Fence second = lead("a");

    assertThat(second.epoch()).isGreaterThan(first.epoch());
    assertThat(leases().renew(first, LEASE)).isFalse();
    assertThat(leases().renew(second, LEASE)).isTrue();
  }

  @Test
  void a_lease_that_ran_out_goes_to_the_next_with_a_higher_number() {
    Fence first = lead("a");
    Fence second = replace("b");

    assertThat(second.epoch()).isGreaterThan(first.epoch());
    assertThat(leases().renew(first, LEASE)).isFalse();
  }

  @Test
  void a_lease_ends_when_its_time_has_passed_and_not_before() {
    Fence _ = lead("a");

    pass(LEASE.minusSeconds(5));
    assertThat(leases().acquire("b", LEASE)).isEmpty();
    pass(Duration.ofSeconds(6));
    assertThat(leases().acquire("b", LEASE)).isPresent();
  }

  @Test
  void renewing_prolongs_the_lease() {
    Fence fence = lead("a");
    pass(LEASE.minusSeconds(5));

    assertThat(leases().renew(fence, LEASE)).isTrue();
    pass(LEASE.minusSeconds(5));
    assertThat(leases().acquire("b", LEASE)).isEmpty();
  }

  @Test
  void a_holder_whom_nobody_replaced_can_still_renew() {
    Fence fence = lead("a");
    pass(LEASE.plusSeconds(1));

    assertThat(leases().renew(fence, LEASE)).isTrue();
    assertThat(leases().acquire("b", LEASE)).isEmpty();
  }

  @Test
  void a_lease_that_was_given_back_is_free_at_once_and_its_number_is_over() {
    Fence fence = lead("a");
    leases().release(fence);

    assertThat(leases().renew(fence, LEASE)).isFalse();
    assertThat(lead("b").epoch()).isGreaterThan(fence.epoch());
  }

  @Test
  void a_replaced_holder_cannot_give_back_the_lease_of_its_successor() {
    Fence old = lead("a");
    Fence current = replace("b");
    leases().release(old);

    assertThat(leases().renew(current, LEASE)).isTrue();
    assertThat(leases().acquire("c", LEASE)).isEmpty();
  }

  @Test
  void giving_back_twice_is_giving_back_once() {
    Fence fence = lead("a");
    leases().release(fence);
    leases().release(fence);

    assertThat(leases().acquire("b", LEASE)).isPresent();
  }

  @Test
  void a_number_that_was_never_given_out_is_not_current() {
    Fence fence = lead("a");

    assertThat(leases().renew(new Fence(fence.epoch() + 1), LEASE)).isFalse();
  }

  @Test
  void a_lease_lasts_more_than_nothing_and_no_longer_than_an_hour() {
    for (Duration time : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMinutes(61))) {
      assertThatIllegalArgumentException().isThrownBy(() -> leases().acquire("a", time));
    }
  }

  @Test
  void of_many_who_ask_at_once_one_gets_it() throws Exception {
    List<Callable<Optional<Fence>>> asks = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String holder = "holder-" + i;
      asks.add(() -> leases().acquire(holder, LEASE));
    }
    List<Fence> given = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<Optional<Fence>> answer : threads.invokeAll(asks)) {
        answer.get().ifPresent(given::add);
      }
    }

    assertThat(given).hasSize(1);
  }

  @Test
  void no_number_is_given_out_twice() throws Exception {
    List<Callable<Fence>> asks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      asks.add(() -> lead("same"));
    }
    Set<Long> numbers = new HashSet<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<Fence> answer : threads.invokeAll(asks)) {
        assertThat(numbers.add(answer.get().epoch())).isTrue();
      }
    }
    assertThat(numbers).hasSize(50);
  }
}
