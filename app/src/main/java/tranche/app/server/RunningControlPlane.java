package tranche.app.server;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import tranche.app.version.Version;
import tranche.config.ListenAddress;
import tranche.config.TrancheConfig;
import tranche.core.fleet.Fleet;
import tranche.engine.control.ControlPlane;
import tranche.engine.rollout.Archive;
import tranche.engine.rollout.Engine;
import tranche.engine.rollout.Fleets;
import tranche.engine.rollout.World;
import tranche.postgres.control.ControlStore;
import tranche.postgres.database.Databases;
import tranche.postgres.embedded.EmbeddedPostgres;
import tranche.postgres.embedded.ServerAddress;
import tranche.postgres.schema.PostgresSchemaDriver;
import tranche.server.HttpServer;
import tranche.server.HttpSettings;

/// A control plane at work. Closing it stops acting and listening, and leaves the data plane alone.
final class RunningControlPlane {
  private final Wiring wiring;
  private final DataFolder data;
  private final HttpServer server;

  private RunningControlPlane(Wiring wiring, DataFolder data, HttpServer server) {
    this.wiring = wiring;
    this.data = data;
    this.server = server;
  }

  /// Starts everything, saying on the way what is ready.
  ///
  /// @throws tranche.core.problem.ProblemException if a part cannot be started; what was started
  ///   before it is stopped again, what was found running goes on
  static RunningControlPlane start(TrancheConfig config, DataFolder data, Announcer announcer)
      throws IOException, InterruptedException {
    Wiring wiring = new Wiring(config, data);
    try {
      return start(config, data, announcer, wiring);
    } catch (IOException | InterruptedException | RuntimeException e) {
      stop(wiring, e);
      throw e;
    }
  }

  /// What goes wrong in stopping is told with why the start failed, not instead of it.
  private static void stop(Wiring wiring, Exception reason) {
    try {
      wiring.close();
      wiring.undo();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reason.addSuppressed(e);
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  private static RunningControlPlane start(
      TrancheConfig config, DataFolder data, Announcer announcer, Wiring wiring)
      throws InterruptedException, IOException {
    wiring.requireFreePorts();
    Optional<EmbeddedPostgres> postgres = wiring.embedded();
    Optional<ServerAddress> address = postgres.map(EmbeddedPostgres::address);
    ControlStore store = wiring.store(address);
    announcer.store(config, postgres);
    GatewayWatch gateway = wiring.gatewayWatch();
    announcer.gateway(gateway.get());
    ConfiguredFleet source = wiring.fleet(address);
    Databases databases = wiring.databases(source);
    Fleets fleets = new Fleets(source);
    announcer.fleet(fleets.current());
    PostgresSchemaDriver schema = wiring.schema(databases);
    World world = wiring.world(schema, wiring.platform(source), store, gateway);
    Archive archive = wiring.archive(store);
    Engine engine = wiring.engine(archive, world, fleets);
    ControlPlane plane = wiring.controlPlane(archive, engine, fleets, schema);
    engine.start();
    ListenAddress listen = config.controlPlane().listen();
    HttpServer server =
        wiring.keep(
            HttpServer.start(
                new HttpSettings(
                    listen.host(), listen.port(), data.secret("token"), Version.number(), Set.of()),
                plane,
                store.idempotencyKeys()),
            HttpServer::close);
    String url = "http://" + new ListenAddress(listen.host(), server.port());
    new ControlFile(url, ProcessHandle.current().pid()).write(data.root());
    announcer.listening(url, data.root());
    return new RunningControlPlane(wiring, data, server);
  }

  int port() {
    return server.port();
  }

  void close() throws IOException {
    ControlFile.delete(data.root());
    wiring.close();
  }

  /// Says what is ready.
  interface Announcer {
    void store(TrancheConfig config, Optional<EmbeddedPostgres> embedded);

    void gateway(tranche.drivers.gateway.RunningGateway gateway);

    void fleet(Fleet fleet);

    void listening(String url, java.nio.file.Path data);
  }
}
