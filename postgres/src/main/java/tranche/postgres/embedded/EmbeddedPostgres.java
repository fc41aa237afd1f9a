package tranche.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import tranche.core.problem.ProblemException;

/// A running PostgreSQL server on this machine that belongs to one folder.
///
/// The server is a process of its own, in a session of its own: it goes on when the process that
/// started it ends, however it ends, because what runs on it must outlive the control plane. The
/// handle therefore holds nothing that needs closing; letting go of it leaves the server running,
/// and the next [#start] on the same folder adopts it. Only [#stop()] ends the server.
///
/// (A service manager that ends every process of a unit ends the server too; that is as safe as a
/// power cut, the next start recovers.)
public final class EmbeddedPostgres {
  private static final Duration STOP_LOCK_LIMIT = Duration.ofSeconds(30);

  private final Layout layout;
  private final Running running;
  private final StartOutcome outcome;

  private EmbeddedPostgres(Layout layout, Running running, StartOutcome outcome) {
    this.layout = layout;
    this.running = running;
    this.outcome = outcome;
  }

  /// Makes sure that the server of a folder runs: adopts it, starts it, or creates it first.
  ///
  /// Two processes that start the same folder at the same time are put one after the other; the
  /// second adopts what the first started.
  ///
  /// @throws ProblemException with an [EmbeddedProblem]; nothing half done is left behind
  /// @throws InterruptedException when the thread was interrupted while waiting
  public static EmbeddedPostgres start(EmbeddedSettings settings) throws InterruptedException {
    var layout = Layout.prepared(settings.folder());
    // Bad parameters are refused before anything is created; the port does not matter for that.
    var _ = ServerParameters.render(layout, settings.preferredPort(), settings.parameters());
    try (var _ = StartLock.take(layout.lock(), settings.startLimit())) {
      Cluster.requireSameMajorVersion(layout);
      var adopted = Adoption.attempt(layout, settings);
      return adopted.isPresent()
          ? new EmbeddedPostgres(layout, adopted.get(), new StartOutcome.Adopted())
          : launch(layout, settings);
    } catch (IOException e) {
      throw Disk.problem(layout.folder(), e);
    }
  }

  /// The server that runs on a folder and answers, if one does. Nothing is started, changed or
  /// waited for.
  ///
  /// @throws ProblemException with an [EmbeddedProblem] if the folder cannot be read
  public static Optional<ServerAddress> running(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try {
      var layout = new Layout(folder.toRealPath());
      var postmaster = Postmaster.running(layout);
      return postmaster.isEmpty()
          ? Optional.empty()
          : Running.ask(layout, postmaster.get()).map(Running::address);
    } catch (IOException e) {
      throw Disk.problem(folder, e);
    }
  }

  private static EmbeddedPostgres launch(Layout layout, EmbeddedSettings settings)
      throws IOException, InterruptedException {
    var account = Account.choose(layout);
    Binaries.ensure(layout);
    boolean isFresh = !layout.hasData();
    if (isFresh) {
      Cluster.create(layout, account);
    }
    var running = Launch.launch(layout, settings, account);
    return new EmbeddedPostgres(
        layout,
        running,
        isFresh ? new StartOutcome.StartedFresh() : new StartOutcome.StartedExisting());
  }

  /// Where the server answers, and as whom its superuser signs in.
  public ServerAddress address() {
    return running.address();
  }

  /// PostgreSQL's data folder, absolute.
  public Path dataFolder() {
    return layout.data();
  }

  /// The server's process.
  public long pid() {
    return running.pid();
  }

  /// How the server came to run when this handle was made.
  public StartOutcome outcome() {
    return outcome;
  }

  /// Whether the server's process is there. Says nothing about whether it answers.
  public boolean isAlive() {
    return Postmaster.isOurs(running.pid(), layout);
  }

  /// Ends the server that runs on the folder and returns when it is gone: sessions are ended and
  /// everything is written down; after 30 seconds it is ended at once, which costs the next start a
  /// recovery but no committed row. Does nothing when no server runs.
  ///
  /// @throws ProblemException [EmbeddedProblem.StopFailed] when it cannot be ended
  /// @throws InterruptedException when the thread was interrupted while waiting
  public void stop() throws InterruptedException {
    try (var _ = StartLock.take(layout.lock(), STOP_LOCK_LIMIT)) {
      Shutdown.stop(layout);
    } catch (IOException e) {
      throw Disk.problem(layout.folder(), e);
    }
  }
}
