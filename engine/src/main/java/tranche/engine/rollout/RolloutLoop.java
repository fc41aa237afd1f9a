package tranche.engine.rollout;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tranche.core.problem.ProblemException;
import tranche.core.problem.RecordedProblem;
import tranche.core.rollout.Decider;
import tranche.core.rollout.Decision;
import tranche.core.rollout.Event;
import tranche.core.rollout.HoldReason;
import tranche.core.rollout.Moment;
import tranche.core.rollout.RolloutState;
import tranche.core.rollout.Step;
import tranche.core.rollout.StepId;
import tranche.core.rollout.StepOutcome;
import tranche.core.rollout.StepProgress;
import tranche.engine.rollout.FaultPoints.Point;

/// Carries one rollout out: decide, journal the intent, perform, journal the outcome, decide again.
///
/// One thread decides and writes; steps are performed beside it and report back through a queue, as
/// do requests of people. A tick takes no hint of what has changed: the same path runs on a signal
/// and on a time-out. A crash at any line replays to the same place, because the state is read from
/// the journal alone and steps are idempotent (I3).
final class RolloutLoop {
  private static final System.Logger LOG = System.getLogger(RolloutLoop.class.getName());
  private static final Duration LONGEST_NAP = Duration.ofSeconds(1);
  private static final Duration AFTER_TROUBLE = Duration.ofMillis(500);

  private final Recorder recorder;
  private final StepPerformer performer;
  private final ExecutorService workers;
  private final FaultPoints faults;
  private final InstantSource clock;
  private final BlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
  private final Set<StepId> running = new HashSet<>();
  private volatile Optional<HoldReason> hold = Optional.empty();
  private volatile Optional<Throwable> takenOver = Optional.empty();
  private volatile boolean stopping;
  private volatile boolean ended;

  /// What other threads tell the loop.
  private sealed interface Message {
    record StepEnded(Step step, Event event) implements Message {}

    record Asked(
        Function<RolloutState, List<Event>> request, CompletableFuture<RolloutState> answer)
        implements Message {}

    record Inquiry(Function<RolloutState, Object> view, CompletableFuture<Object> answer)
        implements Message {}

    record WakeUp() implements Message {}
  }

  RolloutLoop(
      Recorder recorder,
      StepPerformer performer,
      ExecutorService workers,
      FaultPoints faults,
      InstantSource clock) {
    this.recorder = recorder;
    this.performer = performer;
    this.workers = workers;
    this.faults = faults;
    this.clock = clock;
  }

  /// Runs until the rollout ends, the loop is stopped, or another control plane takes over.
  void run() {
    while (!stopping && takenOver.isEmpty() && recorder.state().ending().isEmpty()) {
      try {
        tick();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stopping = true;
      } catch (Exception e) {
        recover(e);
      }
    }
    endAndAnswer();
  }

  private void tick() throws InterruptedException {
    Decision decision = Decider.decide(recorder.state(), new Moment(clock.instant(), running));
    switch (decision) {
      case Decision.Act(var steps) -> begin(steps);
      case Decision.Conclude(var events) -> record(events);
      case Decision.Hold(var reason) -> {
        hold = Optional.of(reason);
        await(reason.until());
      }
      case Decision.Rest _ -> stopping = true;
    }
  }

  private void begin(List<Step> steps) {
    hold = Optional.empty();
    List<Event> intents = new ArrayList<>();
    for (Step step : steps) {
      int attempt = recorder.state().progress(step.id()).map(StepProgress::attempt).orElse(0) + 1;
      intents.add(new Event.Intended(step, attempt));
    }
    record(intents);
    steps.forEach(step -> running.add(step.id()));
    steps.forEach(step -> workers.execute(() -> inbox.add(perform(step))));
  }

  private Message perform(Step step) {
    try {
      faults.reached(step.kind(), Point.AFTER_INTENT);
      StepOutcome outcome = performer.perform(step);
      faults.reached(step.kind(), Point.AFTER_EFFECT);
      return new Message.StepEnded(step, new Event.Performed(step.id(), outcome));
    } catch (ProblemException e) {
      if (StepProblem.meansTakenOver(e)) {
        takenOver = Optional.of(e);
      }
      return failed(step, RecordedProblem.of(e.problem()), StepProblem.again(e.problem()));
    } catch (RuntimeException e) {
      LOG.log(ERROR, "step " + step.id() + " failed in an undeclared way", e);
      var problem = new StepProblem.Internal(step.id().value(), String.valueOf(e.getMessage()));
      return failed(step, RecordedProblem.of(problem), Event.Again.NO);
    }
  }

  private static Message failed(Step step, RecordedProblem problem, Event.Again again) {
    return new Message.StepEnded(step, new Event.StepFailed(step.id(), problem, again));
  }

  private void await(Optional<Instant> until) throws InterruptedException {
    Duration nap =
        until
            .map(t -> Duration.between(clock.instant(), t))
            .filter(d -> d.compareTo(LONGEST_NAP) < 0)
            .orElse(LONGEST_NAP);
    Message message = inbox.poll(Math.max(1, nap.toMillis()), TimeUnit.MILLISECONDS);
    while (message != null) {
      handle(message);
      // What a person asked for may change the decision, and what is shown next comes after it.
      message = message instanceof Message.Asked ? null : inbox.poll();
    }
  }

  private void handle(Message message) {
    switch (message) {
      case Message.StepEnded(var step, var event) -> {
        if (takenOver.isPresent()) {
          return;
        }
        // The message goes back into the queue if the journal cannot be written: an effect that has
        // happened must not lose its outcome while this process lives.
        try {
          record(List.of(event));
        } catch (RuntimeException e) {
          inbox.add(message);
          throw e;
        }
        running.remove(step.id());
        faults.reached(step.kind(), Point.AFTER_OUTCOME);
      }
      case Message.Asked(var request, var answer) -> answer(request, answer);
      case Message.Inquiry(var view, var answer) -> answer.complete(view.apply(recorder.state()));
      case Message.WakeUp _ -> {}
    }
  }

  private void answer(
      Function<RolloutState, List<Event>> request, CompletableFuture<RolloutState> answer) {
    try {
      record(request.apply(recorder.state()));
      answer.complete(recorder.state());
    } catch (ProblemException e) {
      answer.completeExceptionally(e);
      if (StepProblem.meansTakenOver(e)) {
        throw e;
      }
    }
  }

  private void record(List<Event> events) {
    if (!events.isEmpty()) {
      recorder.append(events);
      // What was waited for may have just happened; the next decision says what is waited for now.
      hold = Optional.empty();
    }
  }

  /// Whatever went wrong, the journal is the truth: read on from it and go on, or stop if another
  /// control plane is in charge.
  private void recover(Exception trouble) {
    if (StepProblem.meansTakenOver(trouble)) {
      takenOver = Optional.of(trouble);
      return;
    }
    LOG.log(WARNING, "the loop could not go on and tries again: " + trouble.getMessage(), trouble);
    try {
      TimeUnit.MILLISECONDS.sleep(AFTER_TROUBLE.toMillis());
      recorder.catchUp();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    } catch (ProblemException e) {
      LOG.log(WARNING, "the journal cannot be read: " + e.getMessage());
    }
  }

  private void endAndAnswer() {
    ended = true;
    answerRest();
  }

  private synchronized void answerRest() {
    List<Message> rest = new ArrayList<>();
    inbox.drainTo(rest);
    for (Message message : rest) {
      if (message instanceof Message.Asked(var request, var answer)) {
        answer(request, answer);
      } else if (message instanceof Message.Inquiry(var view, var answer)) {
        answer.complete(view.apply(recorder.state()));
      }
    }
  }

  /// Asks for something that a person wants: `request` looks at the state and gives the events that
  /// record it, or throws a problem. Returns when it is durable.
  CompletableFuture<RolloutState> ask(Function<RolloutState, List<Event>> request) {
    CompletableFuture<RolloutState> answer = new CompletableFuture<>();
    return send(new Message.Asked(request, answer), answer);
  }

  /// Computes something from the state, on the loop's thread.
  @SuppressWarnings("unchecked")
  <T> CompletableFuture<T> view(Function<RolloutState, T> view) {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    return (CompletableFuture<T>)
        (CompletableFuture<?>) send(new Message.Inquiry(view::apply, answer), answer);
  }

  private <T> CompletableFuture<T> send(Message message, CompletableFuture<T> answer) {
    inbox.add(message);
    // The loop may have ended between the caller's look and here; nobody else would answer then.
    if (ended) {
      answerRest();
    }
    return answer;
  }

  /// What it waits for, if it waits.
  Optional<HoldReason> hold() {
    return hold;
  }

  /// Why it stopped, if another control plane took over.
  Optional<Throwable> takenOver() {
    return takenOver;
  }

  /// Stops before the next tick. Running steps end by themselves; their outcome is then found by
  /// performing them again.
  void stop() {
    stopping = true;
    inbox.add(new Message.WakeUp());
  }
}
