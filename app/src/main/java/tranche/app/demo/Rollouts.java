package tranche.app.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tranche.api.client.TrancheClient;
import tranche.api.rollout.Approve;
import tranche.api.rollout.EventJson;
import tranche.api.rollout.JournalPage;
import tranche.api.rollout.PlanJson;
import tranche.api.rollout.RolloutJson;
import tranche.app.cli.render.ProblemBlock;

/// Starts rollouts and watches them to their end, approving what is asked for on the way.
final class Rollouts {
  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final long PAUSE_MILLIS = 200;
  private static final int PAGE = 1_000;

  private final TrancheClient client;
  private final Narrator narrator;
  private Optional<String> last = Optional.empty();

  Rollouts(TrancheClient client, Narrator narrator) {
    this.client = client;
    this.narrator = narrator;
  }

  /// How much is told on the way.
  enum Telling {
    BRIEF,
    FULL
  }

  /// Starts the plan and returns when the rollout is over.
  RolloutJson run(PlanJson plan, Telling telling) throws InterruptedException {
    RolloutJson rollout = client.start(plan.id());
    last = Optional.of(rollout.id());
    narrator.at("  tranche rollout start %s   %s moving".formatted(plan.id(), rollout.id()));
    Set<String> told = new HashSet<>();
    Map<Integer, Instant> begun = new HashMap<>();
    Instant limit = Instant.now().plus(LIMIT);
    while (!rollout.over()) {
      if (Instant.now().isAfter(limit)) {
        throw new DemoProblem.StoryBroken(
                rollout.id()
                    + " is still "
                    + rollout.phase()
                    + " after "
                    + LIMIT.toSeconds()
                    + " s: "
                    + rollout.hold().map(RolloutJson.HoldJson::what).orElse("no reason given"))
            .exception();
      }
      if (telling == Telling.FULL) {
        tell(rollout, told, begun);
      }
      approve(rollout);
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      rollout = client.rollout(rollout.id());
    }
    if (telling == Telling.FULL) {
      tell(rollout, told, begun);
      narrator.at("  %s %s".formatted(rollout.id(), rollout.phase()));
    }
    return rollout;
  }

  private void tell(RolloutJson rollout, Set<String> told, Map<Integer, Instant> begun) {
    for (RolloutJson.TrancheJson tranche : rollout.tranches()) {
      if (!tranche.state().equals("waiting")) {
        begun.putIfAbsent(tranche.number(), Instant.now());
      }
      boolean isDone =
          tranche.counts().getOrDefault("done", 0L) == tranche.tenants()
              && rollout.halted().isEmpty();
      if (isDone && told.add("tranche " + tranche.number())) {
        Duration time = Duration.between(begun.get(tranche.number()), Instant.now());
        narrator.at(
            "  ├─ ✔ %d %-9s %,5d/%,-5d %3d s"
                .formatted(
                    tranche.number(),
                    tranche.name(),
                    tranche.tenants(),
                    tranche.tenants(),
                    time.toSeconds()));
      }
    }
    rollout
        .hold()
        .filter(h -> h.code().equals("revert-window"))
        .filter(_ -> told.add("contract"))
        .ifPresent(h -> narrator.at("  └─ ◐ contract follows: " + h.what()));
    rollout
        .halted()
        .filter(_ -> told.add("halt"))
        .ifPresent(p -> {
          narrator.at("  ✖ " + rollout.id() + " halted");
          narrator.block(ProblemBlock.lines(p.problem(), narrator.look()));
        });
  }

  private void approve(RolloutJson rollout) {
    for (RolloutJson.TrancheJson tranche : rollout.tranches()) {
      boolean asks =
          rollout.hold().filter(h -> h.code().equals("approval")).isPresent()
              && tranche.approval().filter(a -> a.startsWith("needed")).isPresent();
      if (asks) {
        narrator.at(
            "  ‖ %s; the demo approves: tranche rollout approve %s --tranche %d"
                .formatted(
                    rollout.hold().map(RolloutJson.HoldJson::what).orElse(""),
                    rollout.id(),
                    tranche.number()));
        client.approve(rollout.id(), Approve.ofTranche(tranche.number()));
        return;
      }
    }
  }

  /// From the halt to the end of the revert, as the journal has it.
  Optional<Duration> timeToRevert(String rollout) {
    Optional<Instant> halted = Optional.empty();
    Optional<Instant> ended = Optional.empty();
    for (EventJson event : journal(rollout)) {
      if (event.type().equals("halted")) {
        halted = Optional.of(event.at());
      } else if (event.type().equals("revert-ended")) {
        ended = Optional.of(event.at());
      }
    }
    Optional<Instant> end = ended;
    return halted.flatMap(h -> end.map(e -> Duration.between(h, e)));
  }

  private List<EventJson> journal(String rollout) {
    List<EventJson> all = new java.util.ArrayList<>();
    JournalPage page = client.journal(rollout, 0, PAGE);
    while (!page.items().isEmpty()) {
      all.addAll(page.items());
      page = client.journal(rollout, page.items().getLast().seq(), PAGE);
    }
    return all;
  }

  /// The tranche that was moving when it halted: the first that is not waiting and did not get
  /// done.
  String haltedIn(RolloutJson rollout) {
    return rollout.tranches().stream()
        .filter(t -> t.counts().getOrDefault("waiting", 0L) < t.tenants())
        .reduce((_, b) -> b)
        .map(t -> t.number() + " (" + t.name() + ", " + t.tenants() + " tenants)")
        .orElse("none");
  }

  Optional<String> last() {
    return last;
  }
}
