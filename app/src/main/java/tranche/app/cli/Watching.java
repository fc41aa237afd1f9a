package tranche.app.cli;

import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import tranche.api.client.EventConsumer.Link;
import tranche.api.rollout.EventJson;
import tranche.api.rollout.RolloutJson;
import tranche.app.cli.render.Ladder;
import tranche.app.cli.render.Look;
import tranche.app.cli.watch.Drawn;
import tranche.app.cli.watch.Ending;
import tranche.app.cli.watch.Goal;
import tranche.app.cli.watch.Picture;
import tranche.app.cli.watch.Told;
import tranche.app.cli.watch.Watch;

/// Watches a rollout for a command: chooses the picture, says how it ended, gives the exit code.
final class Watching {
  private static final int ROWS = 50;

  private final Session session;
  private final AtomicBoolean isStopped = new AtomicBoolean();

  Watching(Session session) {
    this.session = session;
  }

  /// With a picture, as `watch` does.
  int watch(String rollout, Goal goal) throws InterruptedException {
    return follow(rollout, goal, isQuiet() ? Picture.none() : picture());
  }

  /// Without one, as `--wait` does: only the end is printed.
  int await(String rollout, Goal goal) throws InterruptedException {
    return follow(rollout, goal, Picture.none());
  }

  private boolean isQuiet() {
    return session.shared().isQuiet();
  }

  private int follow(String rollout, Goal goal, Picture picture) throws InterruptedException {
    Thread goodbye = new Thread(() -> sayGoodbye(rollout), "goodbye");
    Runtime.getRuntime().addShutdownHook(goodbye);
    Ending ending;
    try {
      var watch = new Watch(session.client(), muted(picture), session.surroundings().clock());
      ending = watch.follow(rollout, goal);
    } finally {
      release(goodbye);
    }
    session.print(answer(ending.rollout(), picture));
    return code(ending);
  }

  /// Ctrl-C ends the process; the hook says what it did not end.
  private void sayGoodbye(String rollout) {
    isStopped.set(true);
    PrintStream err = session.surroundings().output().err();
    err.println();
    err.println(
        "Stopped watching. The rollout goes on; look again: tranche rollout watch " + rollout);
  }

  private static void release(Thread goodbye) {
    try {
      Runtime.getRuntime().removeShutdownHook(goodbye);
    } catch (IllegalStateException _) {
      // The process is ending already, and the hook runs: nothing is left to release.
    }
  }

  private Answer answer(RolloutJson rollout, Picture picture) {
    return Answer.one(
            "rollout",
            rollout,
            rollout.id(),
            look ->
                picture instanceof Drawn ? List.of() : Ladder.lines(rollout, session.now(), look))
        .then(Ladder.next(rollout));
  }

  private int code(Ending ending) {
    return switch (ending.how()) {
      case DONE, AT_GATE -> ExitCode.OK;
      case ENDED_OTHERWISE, HALTED -> ExitCode.FAILED;
      case TIMED_OUT -> {
        session.say(
            "Stopped waiting, the time given with --timeout has passed. The rollout goes on:"
                + " tranche rollout watch "
                + ending.rollout().id());
        yield ExitCode.TIMEOUT;
      }
    };
  }

  private Picture picture() {
    return switch (session.shared().format()) {
      case TABLE, WIDE ->
          canDraw()
              ? new Drawn(session.out(), this::canvas)
              : new Told(session.out(), session.surroundings().output().err(), session.look());
      case NDJSON -> new Entries(session);
      case JSON, NAME -> Picture.none();
    };
  }

  private boolean canDraw() {
    boolean isDumb = session.surroundings().variable("TERM").filter("dumb"::equals).isPresent();
    return session.surroundings().terminal().isOut() && !isDumb;
  }

  private Drawn.Canvas canvas() {
    Optional<Terminal.Size> size = session.surroundings().terminal().size();
    Look look = session.look();
    return new Drawn.Canvas(
        size.map(s -> look.fitting(Math.min(s.columns(), look.width()))).orElse(look),
        size.map(Terminal.Size::rows).orElse(ROWS));
  }

  /// Entries of the journal as they happen, one JSON object per line.
  private record Entries(Session session) implements Picture {
    @Override
    public void show(RolloutJson rollout, Instant now) {}

    @Override
    public void entry(EventJson entry) {
      session.json(entry);
    }

    @Override
    public void link(Link link) {}
  }

  /// The picture, until the process is told to end: nothing may overwrite the last words.
  private Picture muted(Picture picture) {
    return new Picture() {
      @Override
      public void show(RolloutJson rollout, Instant now) {
        if (!isStopped.get()) {
          picture.show(rollout, now);
        }
      }

      @Override
      public void entry(EventJson entry) {
        if (!isStopped.get()) {
          picture.entry(entry);
        }
      }

      @Override
      public void link(Link link) {
        picture.link(link);
      }
    };
  }
}
