package tranche.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tranche.core.fleet.TenantId;
import tranche.core.release.ReleaseId;
import tranche.core.rollout.Event;
import tranche.core.rollout.JournalEntry;
import tranche.core.rollout.LedgerEntry;
import tranche.core.rollout.RolloutId;
import tranche.engine.journal.Fence;
import tranche.engine.journal.Journal;
import tranche.engine.journal.LedgerChange;
import tranche.engine.rollout.ServiceProblem;

/// What every implementation of [Journal] does, and of the ledger that is written with it.
public abstract class JournalContract extends ControlContract {
  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId GLOBEX = new TenantId("globex");
  private static final ReleaseId OLD = new ReleaseId("2026.10");
  private static final ReleaseId NEW = new ReleaseId("2026.11");

  private Journal journal() {
    return ports().journal();
  }

  private List<JournalEntry> append(RolloutId rollout, Fence fence, LedgerChange... changes) {
    return journal().append(rollout, fence, List.of(note("x")), List.of(changes));
  }

  private LedgerEntry acme() {
    return Objects.requireNonNull(ports().ledger().entries().get(ACME));
  }

  private static Event note(String text) {
    return new Event.Paused("ann", text);
  }

  private static LedgerChange runs(TenantId tenant, ReleaseId release) {
    return new LedgerChange(tenant, Optional.of(release));
  }

  private static LedgerChange runsNothing(TenantId tenant) {
    return new LedgerChange(tenant, Optional.empty());
  }

  @Test
  void what_append_returns_is_what_is_read() {
    Fence fence = lead("a");
    RolloutId rollout = started(fence);
    List<Event> events = List.of(note("one"), new Event.Resumed("ann"), note("two"));

    List<JournalEntry> written = journal().append(rollout, fence, events, List.of());

    assertThat(written).extracting(JournalEntry::event).isEqualTo(events);
    assertThat(written).allSatisfy(e -> assertThat(e.epoch()).isEqualTo(fence.epoch()));
    assertThat(journal().read(rollout, written.getFirst().seq() - 1, 10)).isEqualTo(written);
    assertThat(journal().lastSequence()).isEqualTo(written.getLast().seq());
  }

  @Test
  void an_empty_journal_ends_at_zero() {
    assertThat(journal().lastSequence()).isZero();
    assertThat(journal().readAll(0, 10)).isEmpty();
  }

  @Test
  void numbers_grow_over_all_rollouts_and_readers_go_on_where_they_were() {
    Fence fence = lead("a");
    List<RolloutId> rollouts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      rollouts.add(started(fence));
      end(rollouts.getLast(), fence);
    }
    for (int i = 0; i < 10; i++) {
      assertThat(append(rollouts.get(i % 3), fence)).hasSize(1);
    }

    List<JournalEntry> all = journal().readAll(0, 100);
    assertThat(all).hasSize(16).isSortedAccordingTo(Comparator.comparingLong(JournalEntry::seq));
    assertThat(all).extracting(JournalEntry::seq).doesNotHaveDuplicates();
    assertThat(inPages(3)).isEqualTo(all);
    assertThat(journal().read(rollouts.getLast(), 0, 100))
        .isEqualTo(all.stream().filter(e -> e.rollout().equals(rollouts.getLast())).toList());
  }

  private List<JournalEntry> inPages(int size) {
    List<JournalEntry> seen = new ArrayList<>();
    List<JournalEntry> page = journal().readAll(0, size);
    while (!page.isEmpty()) {
      seen.addAll(page);
      page = journal().readAll(page.getLast().seq(), size);
    }
    return seen;
  }

  @Test
  void time_never_runs_backwards_within_a_rollout() {
    Fence fence = lead("a");
    RolloutId rollout = started(fence);
    Instant startedAt = ports().rollouts().rollout(rollout).orElseThrow().startedAt();
    for (int i = 0; i < 5; i++) {
      assertThat(append(rollout, fence)).hasSize(1);
    }

    List<Instant> times = journal().read(rollout, 0, 100).stream().map(JournalEntry::at).toList();
    assertThat(times).isSorted().allSatisfy(t -> assertThat(t).isAfterOrEqualTo(startedAt));
  }

  @Test
  void a_replaced_holder_writes_nothing() {
    Fence old = lead("a");
    RolloutId rollout = started(old);
    Fence current = replace("b");
    long before = journal().lastSequence();

    assertLeaseLost(old, () -> append(rollout, old, runs(ACME, NEW)));

    assertThat(journal().lastSequence()).isEqualTo(before);
    assertThat(ports().ledger().entries()).isEmpty();
    assertThat(append(rollout, current)).hasSize(1);
  }

  @Test
  void a_holder_whose_time_ran_out_but_whom_nobody_replaced_may_write() {
    Fence fence = lead("a");
    RolloutId rollout = started(fence);
    pass(LEASE.plusSeconds(1));

    assertThat(append(rollout, fence)).hasSize(1);
  }

  @Test
  void a_holder_that_gave_the_lease_back_writes_nothing() {
    Fence fence = lead("a");
    RolloutId rollout = started(fence);
    ports().leases().release(fence);

    assertLeaseLost(fence, () -> append(rollout, fence));
  }

  @Test
  void a_number_that_was_never_given_out_writes_nothing() {
    Fence fence = lead("a");
    RolloutId rollout = started(fence);
    Fence invented = new Fence(fence.epoch() + 1);

    assertLeaseLost(invented, () -> append(rollout, invented));
  }

  @Test
  void a_rollout_that_does_not_exist_has_no_journal() {
    Fence fence = lead("a");
    RolloutId unknown = new RolloutId("r-99");

    problem(ServiceProblem.UnknownRollout.class, () -> append(unknown, fence, runs(ACME, NEW)));

    assertThat(journal().lastSequence()).isZero();
    assertThat(ports().ledger().entries()).isEmpty();
    assertThat(journal().read(unknown, 0, 10)).isEmpty();
  }

  @Test
  void the_ledger_changes_with_the_journal() {
    Fence fence = lead("a");
    RolloutId rollout = started(fence);

    Instant at = append(rollout, fence, runs(ACME, OLD), runs(GLOBEX, NEW)).getFirst().at();

    assertThat(ports().ledger().entries().values())
        .containsExactlyInAnyOrder(
            new LedgerEntry(ACME, OLD, at, Optional.of(rollout)),
            new LedgerEntry(GLOBEX, NEW, at, Optional.of(rollout)));
  }

  @Test
  void a_tenant_that_runs_nothing_any_more_leaves_the_ledger() {
    Fence fence = lead("a");
    RolloutId rollout = started(fence);
    assertThat(append(rollout, fence, runs(ACME, OLD), runs(GLOBEX, NEW))).hasSize(1);

    assertThat(append(rollout, fence, runsNothing(ACME))).hasSize(1);

    assertThat(ports().ledger().entries()).containsOnlyKeys(GLOBEX);
  }

  @Test
  void the_last_change_of_a_tenant_counts() {
    Fence fence = lead("a");
    RolloutId rollout = started(fence);

    assertThat(append(rollout, fence, runs(ACME, OLD), runsNothing(ACME), runs(ACME, NEW)))
        .hasSize(1);

    assertThat(acme().release()).isEqualTo(NEW);
  }

  @Test
  void settling_twice_is_settling_once() {
    Fence fence = lead("a");
    RolloutId first = started(fence);
    assertThat(append(first, fence, runs(ACME, NEW))).hasSize(1);
    LedgerEntry before = acme();
    end(first, fence);
    RolloutId second = started(fence);
    pass(LEASE);

    assertThat(append(second, fence, runs(ACME, NEW))).hasSize(1);
    assertThat(ports().ledger().entries()).containsEntry(ACME, before);

    assertThat(append(second, fence, runs(ACME, OLD))).hasSize(1);
    assertThat(acme().rollout()).contains(second);
  }

  @Test
  void a_thousand_tenants_are_settled_at_once() {
    Fence fence = lead("a");
    RolloutId rollout = started(fence);
    List<LedgerChange> changes = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      changes.add(runs(new TenantId("t" + i), NEW));
    }

    assertThat(journal().append(rollout, fence, List.of(note("all")), changes)).hasSize(1);

    assertThat(ports().ledger().entries()).hasSize(1000);
  }

  @Test
  void late_entries_of_an_ended_rollout_are_kept_and_do_not_reopen_it() {
    Fence fence = lead("a");
    RolloutId rollout = started(fence);
    end(rollout, fence);

    assertThat(append(rollout, fence)).hasSize(1);

    assertThat(ports().rollouts().unfinished()).isEmpty();
  }

  @Test
  void what_is_asked_for_has_bounds() {
    Fence fence = lead("a");
    RolloutId rollout = started(fence);

    assertThatIllegalArgumentException().isThrownBy(() -> journal().readAll(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> journal().readAll(0, 10_001));
    assertThatIllegalArgumentException().isThrownBy(() -> journal().read(rollout, 0, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> journal().append(rollout, fence, List.of(), List.of()));
  }
}
