package tranche.app.cli.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tranche.api.client.EventConsumer;
import tranche.api.client.TrancheClient;
import tranche.api.rollout.EventJson;
import tranche.api.rollout.JournalPage;
import tranche.api.rollout.RolloutJson;
import tranche.app.cli.watch.Ending.How;
import tranche.core.problem.ProblemException;
import tranche.core.problem.ProblemKind;

/// Follows one rollout.
///
/// An entry of the event stream says that something happened; what is there now is then asked for,
/// at most four times a second. Because some things change without an entry (a gate begins to
/// hold), it is asked for every two seconds as well. When the control plane goes away, the last
/// picture stays, and watching goes on as soon as it is back.
public final class Watch {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
  private static final Duration LONGEST_WITHOUT = Duration.ofSeconds(2);
  private static final Duration SETTLED = Duration.ofSeconds(3);
  private static final int PAGE = 1000;
  private static final int WAITING = 1000;

  private final TrancheClient client;
  private final Picture picture;
  private final Clock clock;
  private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(WAITING);

  /// A watcher that shows what it sees.
  public Watch(TrancheClient client, Picture picture, Clock clock) {
    this.client = client;
    this.picture = picture;
    this.clock = clock;
  }

  private sealed interface Signal {
    record Entry(EventJson event) implements Signal {}

    record Link(EventConsumer.Link link) implements Signal {}

    record Again() implements Signal {}

    record Failed(RuntimeException cause) implements Signal {}
  }

  /// Watches until the goal is reached.
  ///
  /// @throws tranche.core.problem.ProblemException if the rollout is not known, the control plane
  ///   cannot be reached at the beginning, or it refuses later
  /// @throws InterruptedException if the thread is interrupted; the rollout does not notice
  public Ending follow(String rollout, Goal goal) throws InterruptedException {
    long after = lastEntry(rollout);
    RolloutJson first = client.rollout(rollout);
    Thread stream = Thread.ofVirtual().name("events").start(() -> stream(after));
    try {
      return loop(new Sight(first, clock.instant()), goal);
    } finally {
      stream.interrupt();
    }
  }

  /// Entries that were there before the first look are history and not shown.
  private long lastEntry(String rollout) {
    long after = 0;
    JournalPage page = client.journal(rollout, after, PAGE);
    while (page.more() && page.after() > after) {
      after = page.after();
      page = client.journal(rollout, after, PAGE);
    }
    return page.after();
  }

  private void stream(long after) {
    try {
      client.events(after, new Consumer());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Thrown on in the thread that watches.
      put(new Signal.Failed(e));
    }
  }

  private EventConsumer.Next put(Signal signal) {
    try {
      signals.put(signal);
      return EventConsumer.Next.GO_ON;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return EventConsumer.Next.STOP;
    }
  }

  private final class Consumer implements EventConsumer {
    @Override
    public Next take(EventJson event) {
      return put(new Signal.Entry(event));
    }

    @Override
    public Next link(Link link) {
      return put(new Signal.Link(link));
    }

    @Override
    public void reset() {
      put(new Signal.Again());
    }
  }

  /// What was seen last, when, and whether it may be different by now.
  private static final class Sight {
    private RolloutJson rollout;
    private Instant at;
    private boolean isStale;
    private @Nullable Instant haltedAt;

    Sight(RolloutJson rollout, Instant at) {
      this.rollout = rollout;
      see(rollout, at);
      this.at = at;
    }

    void see(RolloutJson seen, Instant now) {
      rollout = seen;
      at = now;
      isStale = false;
      boolean isHalted = seen.phase().equals("halted");
      haltedAt = isHalted ? (haltedAt == null ? now : haltedAt) : null;
    }

    /// A halt is an end only when it stays: a revert may follow it at once.
    boolean isHaltedForGood(Instant now) {
      return haltedAt != null
          && (!now.isBefore(haltedAt.plus(SETTLED))
              || !now.isBefore(rollout.since().plus(SETTLED)));
    }
  }

  private Ending loop(Sight sight, Goal goal) throws InterruptedException {
    Optional<Instant> deadline = goal.timeout().map(clock.instant()::plus);
    while (true) {
      Instant now = clock.instant();
      picture.show(sight.rollout, now);
      Optional<How> how = how(sight, goal, now);
      if (how.isPresent()) {
        return new Ending(how.get(), sight.rollout);
      }
      if (deadline.isPresent() && !now.isBefore(deadline.get())) {
        return new Ending(How.TIMED_OUT, sight.rollout);
      }
      for (Signal signal : await(pause(sight, deadline, now))) {
        take(signal, sight);
      }
      look(sight);
    }
  }

  private static Optional<How> how(Sight sight, Goal goal, Instant now) {
    RolloutJson rollout = sight.rollout;
    if (rollout.over()) {
      return Optional.of(rollout.phase().equals("done") ? How.DONE : How.ENDED_OTHERWISE);
    }
    if (sight.isHaltedForGood(now)) {
      return Optional.of(How.HALTED);
    }
    boolean isAtGate =
        rollout.phase().equals("held")
            && rollout.hold().filter(h -> h.code().equals("approval")).isPresent();
    return goal.until() == Goal.Until.GATE && isAtGate
        ? Optional.of(How.AT_GATE)
        : Optional.empty();
  }

  /// How long to wait for a signal: a second at most, so that clocks on the screen go on.
  private static Duration pause(Sight sight, Optional<Instant> deadline, Instant now) {
    Duration longest = Duration.ofSeconds(1);
    if (sight.isStale) {
      longest = shorter(longest, Duration.between(now, sight.at.plus(BETWEEN_LOOKS)));
    }
    if (deadline.isPresent()) {
      longest = shorter(longest, Duration.between(now, deadline.get()));
    }
    return longest;
  }

  private static Duration shorter(Duration one, Duration other) {
    Duration least = one.compareTo(other) < 0 ? one : other;
    return least.isNegative() ? Duration.ZERO : least;
  }

  private List<Signal> await(Duration longest) throws InterruptedException {
    List<Signal> taken = new ArrayList<>();
    Signal first = signals.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
    if (first != null) {
      taken.add(first);
      signals.drainTo(taken);
    }
    return taken;
  }

  private void take(Signal signal, Sight sight) {
    switch (signal) {
      case Signal.Entry(var event) -> {
        if (event.rollout().equals(sight.rollout.id())) {
          sight.isStale = true;
          picture.entry(event);
        }
      }
      case Signal.Link(var link) -> {
        sight.isStale |= link == EventConsumer.Link.UP;
        picture.link(link);
      }
      case Signal.Again _ -> sight.isStale = true;
      case Signal.Failed(var cause) -> throw cause;
    }
  }

  private void look(Sight sight) {
    Instant now = clock.instant();
    Duration age = Duration.between(sight.at, now);
    boolean isDue = age.compareTo(sight.isStale ? BETWEEN_LOOKS : LONGEST_WITHOUT) >= 0;
    if (!isDue) {
      return;
    }
    try {
      sight.see(client.rollout(sight.rollout.id()), clock.instant());
      // It answers, also if the stream's own word for that is still on its way.
      picture.link(EventConsumer.Link.UP);
    } catch (ProblemException e) {
      if (e.problem().kind() != ProblemKind.ENVIRONMENT) {
        throw e;
      }
      // It is away, as the stream says too; the last picture stays and the stream says when to
      // look.
      sight.at = now;
      picture.link(EventConsumer.Link.DOWN);
    }
  }
}
