package issuetracker.server;

import issuetracker.api.CommentEndpoints;
import issuetracker.api.IssueEndpoints;
import issuetracker.api.PlatformEndpoints;
import issuetracker.api.TeamEndpoints;
import issuetracker.api.Transactions;
import issuetracker.api.UserEndpoints;
import issuetracker.http.Dispatcher;
import issuetracker.http.Log;
import issuetracker.http.Metrics;
import issuetracker.http.Route;
import issuetracker.http.WebServer;
import issuetracker.instance.Instance;
import issuetracker.instance.InstanceException;
import issuetracker.instance.InstanceFile;
import issuetracker.json.JsonObject;
import issuetracker.release.Release;
import issuetracker.store.Comments;
import issuetracker.store.Databases;
import issuetracker.store.Issues;
import issuetracker.store.StoreCheck;
import issuetracker.store.Teams;
import issuetracker.store.Tenancy;
import issuetracker.store.Users;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One running process of the tracker.
public final class IssueTracker implements AutoCloseable {
  private final WebServer server;
  private final Databases databases;

  private IssueTracker(WebServer server, Databases databases) {
    this.server = server;
    this.databases = databases;
  }

  /// Runs a release as the whole process: reads the instance file that the environment names,
  /// serves until SIGTERM, then drains and exits with 0. Exits with 1 when it cannot start.
  public static void main(Release release) {
    Log log = new Log(System.out);
    LibraryLog.install(log);
    try {
      Instance instance = InstanceFile.read(instanceFile());
      IssueTracker tracker = start(release, instance, log);
      // On SIGTERM the JVM runs its hooks and would then exit with 143: this one ends it with 0
      // instead.
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform().name("drain").unstarted(() -> drainAndExit(tracker, log)));
      log.info("listening", describe(instance).put("port", tracker.port()));
    } catch (InstanceException | IOException e) {
      System.out.println("cannot start: " + e.getMessage());
      Runtime.getRuntime().halt(1);
    }
  }

  /// Starts a release inside this process.
  ///
  /// @throws InstanceException when the instance is meant for another release
  /// @throws IOException when the port cannot be bound
  public static IssueTracker start(Release release, Instance instance, Log log) throws IOException {
    if (!instance.identity().release().equals(release.version())) {
      throw new InstanceException(
          "the instance file is for release %s but this is release %s"
              .formatted(instance.identity().release(), release.version()));
    }
    WebServer server = bind(instance);
    Databases databases =
        new Databases(instance.databases(), "issue-tracker " + instance.identity().instance());
    Metrics metrics = new Metrics(instance.identity());
    List<Route> routes = new ArrayList<>(tenantRoutes(release, databases));
    StoreCheck check = new StoreCheck(instance, databases, release.priority());
    routes.addAll(
        new PlatformEndpoints(instance.identity(), check, metrics, server::isDraining).routes());
    server.serve(new Dispatcher(instance, routes, metrics, log, server::isDraining));
    return new IssueTracker(server, databases);
  }

  /// The port it listens on.
  public int port() {
    return server.port();
  }

  /// Drains as on SIGTERM and closes the databases, but leaves the process running.
  @Override
  public void close() {
    try (databases) {
      server.drainAndStop();
    }
  }

  private static List<Route> tenantRoutes(Release release, Databases databases) {
    Transactions transactions = new Transactions(new Tenancy(databases));
    Teams teams = new Teams();
    Issues issues = new Issues(release.priority());
    List<Route> routes = new ArrayList<>();
    routes.addAll(new IssueEndpoints(transactions, issues, teams, release.fault()).routes());
    routes.addAll(new CommentEndpoints(transactions, new Comments(), issues).routes());
    routes.addAll(new TeamEndpoints(transactions, teams).routes());
    routes.addAll(new UserEndpoints(transactions, new Users(), teams).routes());
    return routes;
  }

  private static WebServer bind(Instance instance) throws IOException {
    try {
      return WebServer.bind(instance.host(), instance.port());
    } catch (IOException e) {
      throw new IOException(
          "%s:%d cannot be listened on: %s"
              .formatted(instance.host(), instance.port(), e.getMessage()),
          e);
    }
  }

  private static Path instanceFile() {
    String file = System.getenv(InstanceFile.VARIABLE);
    if (file == null || file.isBlank()) {
      throw new InstanceException(
          "the environment variable " + InstanceFile.VARIABLE + " names no instance file");
    }
    return Path.of(file);
  }

  private static void drainAndExit(IssueTracker tracker, Log log) {
    log.info("draining", new JsonObject());
    tracker.close();
    log.info("stopped", new JsonObject());
    Runtime.getRuntime().halt(0);
  }

  private static JsonObject describe(Instance instance) {
    return new JsonObject()
        .put("instance", instance.identity().instance())
        .put("cell", instance.identity().cell())
        .put("release", instance.identity().release())
        .put("tenants", instance.tenants().size())
        .put("databases", instance.databases().size());
  }
}
