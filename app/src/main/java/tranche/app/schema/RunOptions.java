package tranche.app.schema;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.Option;
import tranche.app.cli.Spans;
import tranche.app.cli.Surroundings;
import tranche.config.Limits;
import tranche.core.fanout.OnError;
import tranche.core.fanout.ParallelBounds;
import tranche.engine.fanout.ChangeLimits;
import tranche.engine.fanout.FanoutSettings;
import tranche.engine.fanout.Hooks;
import tranche.postgres.database.DatabaseDirectory;

/// The options that say how a run over many stores goes.
final class RunOptions {
  private static final int MOST = 256;
  private static final Duration REPLICA_LAG = Duration.ofSeconds(10);

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description =
          "Stores of one server that are changed at once, 1 to 256; with one connection more for"
              + " the run itself. Default: as many as the server gains from, up to 32.")
  private Optional<Integer> parallel = Optional.empty();

  @Option(
      names = "--on-error",
      paramLabel = "WHAT",
      defaultValue = "stop",
      description =
          "stop: begin no store after one failed. continue: go on. budget:0.5%% or budget:20: go on"
              + " until more than that failed. Default: stop.")
  private String onError = "stop";

  @Option(
      names = "--lock-timeout",
      paramLabel = "SPAN",
      converter = Spans.class,
      description =
          "How long a statement waits for a lock before it is tried again. Default: 800ms.")
  private Optional<Duration> lockTimeout = Optional.empty();

  @Option(
      names = "--statement-timeout",
      paramLabel = "SPAN",
      converter = Spans.class,
      description = "How long a statement may run. Default: 15m.")
  private Optional<Duration> statementTimeout = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "SPAN",
      converter = Spans.class,
      description = "Begin no store after that time; exit with 124.")
  private Optional<Duration> timeout = Optional.empty();

  @Option(
      names = "--hooks",
      paramLabel = "FILE",
      description = "What is called around the run, its stores and their migrations.")
  private Optional<String> hooks = Optional.empty();

  @Option(
      names = "--dry-run",
      description = "Show the plan and the exact SQL for each distinct history; change nothing.")
  private boolean isDry;

  boolean isDry() {
    return isDry;
  }

  /// The hooks of the file that was named, if one was.
  ///
  /// @throws tranche.core.problem.ProblemException if it is not understood
  Hooks hooks(DatabaseDirectory directory, Surroundings surroundings) {
    return hooks
        .map(file -> HookWiring.read(surroundings.folder().resolve(file), directory, surroundings))
        .orElse(Hooks.NONE);
  }

  Optional<Duration> timeout() {
    return timeout;
  }

  /// What was asked for, over what the configuration says, over what is usual.
  ///
  /// @throws tranche.core.problem.ProblemException [SchemaProblem.OptionNotUnderstood]
  FanoutSettings settings(Optional<Limits> configured) {
    ChangeLimits usual = ChangeLimits.ORDINARY;
    ChangeLimits limits =
        new ChangeLimits(
            lockTimeout.or(() -> configured.map(Limits::lockTimeout)).orElse(usual.lockTimeout()),
            usual.lockTries(),
            statementTimeout
                .or(() -> configured.map(Limits::statementTimeout))
                .orElse(usual.statementTimeout()),
            usual.recycleAfter());
    FanoutSettings settings =
        FanoutSettings.ORDINARY.withLimits(limits).withOnError(parsedOnError());
    return parallel.map(n -> fixed(settings, n)).orElse(settings);
  }

  private static FanoutSettings fixed(FanoutSettings settings, int parallel) {
    if (parallel < 1 || parallel > MOST) {
      throw new SchemaProblem.OptionNotUnderstood(
              "--parallel", String.valueOf(parallel), "a number from 1 to " + MOST)
          .exception();
    }
    return settings.withParallel(ParallelBounds.fixed(parallel, REPLICA_LAG), parallel + 1);
  }

  private OnError parsedOnError() {
    return OnError.parse(onError)
        .orElseThrow(() ->
            new SchemaProblem.OptionNotUnderstood(
                    "--on-error", onError, "stop, continue, budget:20 or budget:0.5%")
                .exception());
  }

  /// The words of `texts` without repetitions, sorted.
  static List<String> distinct(List<String> texts) {
    return List.copyOf(new TreeSet<>(texts));
  }
}
