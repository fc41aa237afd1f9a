package tranche.app.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tranche.app.cli.watch.Goal;

/// `tranche rollout watch`.
@Command(
    description = {
      "Watch a rollout until it ends.",
      "Exits with 0 if it is done, 1 if it halted, was taken back or cancelled.",
      "Ctrl-C stops watching, never the rollout.",
      "With -o ndjson: every entry of its journal as it happens, at last the rollout."
    })
final class WatchCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private Shared shared = new Shared();

  @Parameters(
      paramLabel = "ROLLOUT",
      arity = "0..1",
      description = "May be left out if only one has not ended.")
  private Optional<String> id = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Spans.class,
      description = "Stop watching after that time, for instance 30m, and exit with 124.")
  private Optional<Duration> timeout = Optional.empty();

  WatchCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Session session = Session.open(surroundings, shared)) {
      String rollout = Rollouts.toRead(session.client(), id);
      return new Watching(session).watch(rollout, new Goal(Goal.Until.DONE, timeout));
    }
  }
}
