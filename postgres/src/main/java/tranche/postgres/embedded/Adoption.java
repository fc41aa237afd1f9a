package tranche.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// Takes over a server that an earlier process left running.
///
/// One that is alive but does not answer is stopped, so that the caller can start it again. While
/// it is recovering from a crash it gets the whole start limit, because stopping it would only make
/// the recovery begin anew.
final class Adoption {
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(5);
  private static final long LOOK_AGAIN_MILLIS = 20;

  private Adoption() {}

  /// Takes over the server that runs on the folder; empty when none does, or none any more.
  static Optional<Running> attempt(Layout layout, EmbeddedSettings settings)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var found = Postmaster.running(layout);
    while (found.isPresent()) {
      var postmaster = found.get();
      var running = Running.ask(layout, postmaster);
      if (running.isPresent()) {
        refresh(layout, settings, running.get());
        return running;
      }
      var limit = postmaster.isReady() ? SILENCE_LIMIT : settings.startLimit();
      if (System.nanoTime() - begin > limit.toNanos()) {
        Shutdown.stop(layout);
        return Optional.empty();
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
      found = Postmaster.running(layout);
    }
    return Optional.empty();
  }

  /// Hands over changed parameters, as far as a running server can take them.
  private static void refresh(Layout layout, EmbeddedSettings settings, Running running)
      throws IOException, InterruptedException {
    int port = running.address().port();
    var wanted = ServerParameters.render(layout, port, settings.parameters());
    if (Files.exists(layout.parameters()) && Files.readString(layout.parameters()).equals(wanted)) {
      return;
    }
    ServerParameters.write(layout, port, settings.parameters(), Account.choose(layout));
    try {
      Handshake.reload(running.address());
    } catch (SQLException e) {
      throw new IOException("the adopted server did not read its parameters again", e);
    }
  }
}
