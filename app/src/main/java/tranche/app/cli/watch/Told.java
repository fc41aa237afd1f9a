package tranche.app.cli.watch;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tranche.api.client.EventConsumer.Link;
import tranche.api.rollout.EventJson;
import tranche.api.rollout.RolloutJson;
import tranche.app.cli.render.Changes;
import tranche.app.cli.render.JournalText;
import tranche.app.cli.render.Look;

/// A line for each change of state and one for each quiet minute: for logs and pipes.
public final class Told implements Picture {
  private static final Duration QUIET = Duration.ofMinutes(1);

  /// What a person did: a change of state may follow, but not who asked for it.
  private static final Set<String> REQUESTS =
      Set.of("approved", "resumed", "retry-requested", "revert-requested", "revert-ended");

  private final PrintStream out;
  private final PrintStream err;
  private final Look look;
  private @Nullable RolloutJson last;
  private Instant saidAt = Instant.MIN;
  private boolean isDown;

  /// Tells the rollout to `out`, and what concerns the connection to `err`.
  public Told(PrintStream out, PrintStream err, Look look) {
    this.out = out;
    this.err = err;
    this.look = look;
  }

  @Override
  public void show(RolloutJson rollout, Instant now) {
    List<String> lines = last == null ? List.of() : Changes.lines(last, rollout, now, look);
    lines.forEach(out::println);
    boolean isDue = lines.isEmpty() && !saidAt.isAfter(now.minus(QUIET));
    if (last == null || isDue) {
      out.println(Changes.heartbeat(rollout, now, look));
    }
    if (last == null || isDue || !lines.isEmpty()) {
      saidAt = now;
    }
    last = rollout;
  }

  @Override
  public void entry(EventJson entry) {
    if (REQUESTS.contains(entry.type()) || entry.detail().verdict().isPresent()) {
      out.println(JournalText.brief(entry, look));
    }
  }

  @Override
  public void link(Link link) {
    boolean wasDown = isDown;
    isDown = link == Link.DOWN;
    if (isDown && !wasDown) {
      err.println("The control plane does not answer; trying again. The rollout is not affected.");
    } else if (wasDown && !isDown) {
      err.println("The control plane answers again.");
    }
  }
}
