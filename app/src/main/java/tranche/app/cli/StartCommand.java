package tranche.app.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tranche.api.rollout.RolloutJson;
import tranche.app.cli.render.Ladder;
import tranche.app.cli.watch.Goal;

/// `tranche rollout start`, also `tranche deploy`.
@Command(
    description = "Start exactly the plan that was shown.",
    footer = {
      "",
      "Examples:",
      "  tranche rollout start 7f3a91c --watch",
      "  tranche rollout start 7f3a91c --wait=gate --timeout 30m"
    })
final class StartCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private Shared shared = new Shared();

  @Parameters(paramLabel = "PLAN", description = "Id, or the beginning of the hash.")
  private String plan = "";

  @Option(names = "--watch", description = "Watch it until it ends.")
  private boolean isWatched;

  @Option(
      names = "--wait",
      arity = "0..1",
      fallbackValue = "done",
      paramLabel = "FOR",
      description = "Wait for ${COMPLETION-CANDIDATES}; without a value for done.")
  private Optional<Waiting> waiting = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Spans.class,
      description = "Stop waiting after that time, for instance 30m, and exit with 124.")
  private Optional<Duration> timeout = Optional.empty();

  /// What `--wait` waits for.
  enum Waiting {
    DONE,
    GATE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  StartCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Session session = Session.open(surroundings, shared)) {
      RolloutJson rollout = session.client().start(plan);
      if (!isWatched && waiting.isEmpty()) {
        return session.print(answer(session, rollout));
      }
      session.say("Started " + rollout.id());
      Goal goal = new Goal(until(), timeout);
      Watching watching = new Watching(session);
      return isWatched ? watching.watch(rollout.id(), goal) : watching.await(rollout.id(), goal);
    }
  }

  private Goal.Until until() {
    return waiting.filter(w -> w == Waiting.GATE).isPresent() ? Goal.Until.GATE : Goal.Until.DONE;
  }

  private static Answer answer(Session session, RolloutJson rollout) {
    return Answer.one(
            "rollout", rollout, rollout.id(), look -> Ladder.lines(rollout, session.now(), look))
        .then("tranche rollout watch " + rollout.id());
  }
}
