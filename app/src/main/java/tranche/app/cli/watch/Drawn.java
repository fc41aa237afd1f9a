package tranche.app.cli.watch;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tranche.api.client.EventConsumer.Link;
import tranche.api.rollout.EventJson;
import tranche.api.rollout.RolloutJson;
import tranche.app.cli.render.Ladder;
import tranche.app.cli.render.Look;

/// A ladder that is drawn over itself, in a terminal. The lines above it stay.
public final class Drawn implements Picture {
  private static final Duration MEASURED_FOR = Duration.ofSeconds(2);

  private final Sheet sheet;
  private final Supplier<Canvas> canvas;
  private Canvas current;
  private Instant measuredAt = Instant.MIN;
  private Link link = Link.UP;
  private long seq;

  /// How lines look and how many rows there are for them.
  public record Canvas(Look look, int rows) {}

  /// Draws there; the canvas is asked for again now and then, as windows change their size.
  public Drawn(PrintStream out, Supplier<Canvas> canvas) {
    this.sheet = new Sheet(out);
    this.canvas = canvas;
    this.current = canvas.get();
  }

  @Override
  public void show(RolloutJson rollout, Instant now) {
    if (measuredAt.isBefore(now.minus(MEASURED_FOR))) {
      current = canvas.get();
      measuredAt = now;
    }
    Look look = current.look();
    List<String> lines = new ArrayList<>();
    String state = link == Link.DOWN ? "reconnecting" : "live";
    String at = seq > 0 ? " · seq " + seq : "";
    lines.addAll(look.finish(List.of(state + " · " + Ladder.clock(now, look) + at)));
    lines.addAll(Ladder.lines(rollout, now, look));
    sheet.draw(lines.stream().limit(Math.max(2, current.rows() - 1L)).toList(), look.width());
  }

  @Override
  public void entry(EventJson entry) {
    seq = entry.seq();
  }

  @Override
  public void link(Link state) {
    link = state == Link.QUIET ? Link.UP : state;
  }
}
