package tranche.app.schema;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tranche.api.problem.RecordedJson;
import tranche.api.schema.ReferenceJson;
import tranche.api.schema.SchemaRunJson;
import tranche.api.schema.SchemaRunJson.FailureJson;
import tranche.api.schema.SchemaRunJson.RanJson;
import tranche.api.schema.SchemaRunJson.SkippedJson;
import tranche.app.cli.ExitCode;
import tranche.app.cli.Interrupts;
import tranche.app.cli.render.SchemaRunText;
import tranche.core.fanout.FailureGroup;
import tranche.engine.fanout.Counts;
import tranche.engine.fanout.FanoutRequest;
import tranche.engine.fanout.FanoutRun;
import tranche.engine.fanout.FanoutSummary;
import tranche.engine.fanout.StoreAccess;

/// Runs something over many stores for a command: shows it, lets it be stopped, says how it ended.
final class Running {
  private final Speech speech;
  private final String verb;
  private final Optional<Duration> timeout;
  private final Supplier<List<ReferenceJson>> references;
  private final AtomicInteger interrupts = new AtomicInteger();
  private final AtomicBoolean isTimedOut = new AtomicBoolean();

  /// @param references looks whether what stores refer to is there, once stores were changed
  Running(
      Speech speech,
      String verb,
      Optional<Duration> timeout,
      Supplier<List<ReferenceJson>> references) {
    this.references = references;
    this.speech = speech;
    this.verb = verb;
    this.timeout = timeout;
  }

  /// Runs it to the end and prints the summary.
  ///
  /// @param words the options that say which stores and migrations are meant
  /// @return the exit code
  int run(FanoutRequest request, StoreAccess access, Observer observer, String words) {
    FanoutRun run = new FanoutRun(request, access, observer, speech.surroundings().clock());
    FanoutSummary summary;
    ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(Running::thread);
    try (Interrupts _ = Interrupts.caught(() -> interrupted(run))) {
      Optional<ScheduledFuture<?>> _ =
          timeout.map(
              t -> alarm.schedule(() -> timeIsUp(run), t.toMillis(), TimeUnit.MILLISECONDS));
      summary = run.run();
    } finally {
      alarm.shutdownNow();
      observer.end();
    }
    List<ReferenceJson> checked = summary.counts().done() > 0 ? references.get() : List.of();
    SchemaRunJson json = json(summary, observer, checked);
    print(json, observer, NextSteps.afterRun(verb, summary.next(), words));
    boolean isBroken = checked.stream().anyMatch(r -> r.broken() > 0);
    int code = code(summary);
    return isBroken && code == ExitCode.OK ? ExitCode.FAILED : code;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "timeout");
    thread.setDaemon(true);
    return thread;
  }

  private void timeIsUp(FanoutRun run) {
    isTimedOut.set(true);
    run.stop();
  }

  /// The first time running stores may finish; the second time they are cancelled; the third time
  /// the process ends, and the databases roll back what was under way.
  private void interrupted(FanoutRun run) {
    int time = interrupts.incrementAndGet();
    if (time > 2) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
    run.stop();
    speech.say(
        time == 1
            ? "Stopping: stores that are being changed may finish. Ctrl-C again cancels them."
            : "Cancelling. What is under way is rolled back.");
  }

  private void print(SchemaRunJson json, Observer observer, List<String> next) {
    switch (speech.format()) {
      case TABLE, WIDE -> {
        speech.lines(SchemaRunText.lines(json, speech.look()));
        speech.next(next);
      }
      case JSON -> speech.envelope("schema-run", json);
      case NDJSON -> {}
      case JUNIT -> JunitReport.ofResults(verb, observer.results(), speech.out());
    }
  }

  private int code(FanoutSummary summary) {
    if (isTimedOut.get() && summary.exit() != FanoutSummary.Exit.OK) {
      return ExitCode.TIMEOUT;
    }
    return switch (summary.exit()) {
      case OK -> ExitCode.OK;
      case FAILED -> ExitCode.FAILED;
      case INTERRUPTED -> ExitCode.INTERRUPTED;
    };
  }

  private SchemaRunJson json(
      FanoutSummary summary, Observer observer, List<ReferenceJson> checked) {
    Counts counts = summary.counts();
    return new SchemaRunJson(
        verb,
        summary.run().value(),
        ended(summary),
        counts.total(),
        counts.done(),
        counts.upToDate(),
        counts.failed(),
        counts.blocked(),
        counts.interrupted(),
        counts.notBegun(),
        counts.late(),
        summary.duration(),
        summary.storesPerSecond(),
        observer.ran().entrySet().stream().map(e -> new RanJson(e.getKey(), e.getValue())).toList(),
        summary.failures().stream().map(group -> failure(group, observer)).toList(),
        summary.skipped().stream()
            .map(s -> new SkippedJson(s.reason(), s.count(), s.first()))
            .toList(),
        summary.remarks().stream().map(RecordedJson::of).toList(),
        observer.rehearsals(),
        checked);
  }

  private String ended(FanoutSummary summary) {
    return switch (summary.ending()) {
      case COMPLETE -> "complete";
      case BUDGET_SPENT -> "budget-spent";
      case STOPPED -> isTimedOut.get() ? "timed-out" : "stopped";
    };
  }

  private static FailureJson failure(FailureGroup group, Observer observer) {
    return new FailureJson(
        RecordedJson.of(group.problem()),
        observer.failedAt(group.problem().code(), group.first().getFirst()),
        group.count(),
        group.first().stream().map(observer::named).toList());
  }
}
