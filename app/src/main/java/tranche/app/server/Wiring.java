package tranche.app.server;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tranche.config.GatewayConfig;
import tranche.config.ListenAddress;
import tranche.config.TrancheConfig;
import tranche.config.database.Server;
import tranche.config.database.StoreConfig;
import tranche.config.fleet.TenantSources;
import tranche.config.release.ReleaseFolder;
import tranche.core.fleet.DatabaseId;
import tranche.core.judge.ThresholdJudge;
import tranche.drivers.gateway.GatewayProcess;
import tranche.drivers.gateway.GatewayRouter;
import tranche.drivers.gateway.GatewaySettings;
import tranche.drivers.gateway.RunningGateway;
import tranche.drivers.http.HttpVerifier;
import tranche.drivers.http.VerifierSettings;
import tranche.drivers.process.ApplicationAccess;
import tranche.drivers.process.ProcessPlatform;
import tranche.drivers.process.ProcessSettings;
import tranche.engine.control.ControlPlane;
import tranche.engine.rollout.Archive;
import tranche.engine.rollout.Engine;
import tranche.engine.rollout.EngineSettings;
import tranche.engine.rollout.Fleets;
import tranche.engine.rollout.World;
import tranche.postgres.control.ControlStore;
import tranche.postgres.control.ControlStoreSettings;
import tranche.postgres.database.ConnectionLimits;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.Databases;
import tranche.postgres.embedded.EmbeddedPostgres;
import tranche.postgres.embedded.EmbeddedSettings;
import tranche.postgres.embedded.ServerAddress;
import tranche.postgres.embedded.StartOutcome;
import tranche.postgres.fleet.TenantQuery;
import tranche.postgres.schema.LockPatience;
import tranche.postgres.schema.PostgresSchemaDriver;
import tranche.postgres.schema.SchemaSettings;
import tranche.server.HttpServer;

/// The parts list of a control plane, in the order in which parts need each other. Closing goes
/// backwards. What belongs to the data plane - embedded server, gateway, instances - is found or
/// started here, but not stopped by closing (I13).
final class Wiring {
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration DRAIN = Duration.ofSeconds(15);
  private static final Duration BACKUP_LIMIT = Duration.ofHours(1);

  private final TrancheConfig config;
  private final DataFolder data;
  private final Deque<Runnable> closers = new ArrayDeque<>();
  private Optional<EmbeddedPostgres> startedServer = Optional.empty();
  private Optional<GatewayProcess> startedGateway = Optional.empty();

  Wiring(TrancheConfig config, DataFolder data) {
    this.config = config;
    this.data = data;
  }

  /// The embedded server, if anything in the configuration uses it; adopted or started.
  Optional<EmbeddedPostgres> embedded() throws InterruptedException {
    boolean isUsed =
        config.controlPlane().store().isEmpty()
            || config.fleet().databases().values().stream()
                .anyMatch(d -> d.server() instanceof Server.Embedded);
    if (!isUsed) {
      return Optional.empty();
    }
    EmbeddedPostgres server = EmbeddedPostgres.start(EmbeddedSettings.in(data.folder("postgres")));
    switch (server.outcome()) {
      case StartOutcome.StartedFresh _, StartOutcome.StartedExisting _ ->
          startedServer = Optional.of(server);
      case StartOutcome.Adopted _ -> {}
    }
    return Optional.of(server);
  }

  ControlStore store(Optional<ServerAddress> embedded) {
    ControlStoreSettings settings =
        config
            .controlPlane()
            .store()
            .map(Wiring::external)
            .orElseGet(() -> own(embedded.orElseThrow()));
    return keep(ControlStore.open(settings), ControlStore::close);
  }

  static ControlStoreSettings external(StoreConfig store) {
    Server.External server = store.server();
    String url = "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + store.name();
    return ControlStoreSettings.of(url, server.login().user(), server.login().password());
  }

  static ControlStoreSettings own(ServerAddress server) {
    return ControlStoreSettings.of(server.jdbcUrl("postgres"), server.user(), server.password());
  }

  ConfiguredFleet fleet(Optional<ServerAddress> embedded) {
    return ConfiguredFleet.whole(config, embedded, data::secret);
  }

  Databases databases(ConfiguredFleet fleet) {
    Databases databases = keep(new Databases(fleet, ConnectionLimits.ORDINARY), Databases::close);
    fleet.readWith(new TenantSources((id, query) -> TenantQuery.rows(databases, id, query)));
    return databases;
  }

  PostgresSchemaDriver schema(Databases databases) {
    SchemaSettings ordinary = SchemaSettings.in(data.folder("backups"));
    LockPatience locks =
        new LockPatience(
            config.limits().lockTimeout(),
            LockPatience.ORDINARY.tries(),
            LockPatience.ORDINARY.pause());
    SchemaSettings settings =
        new SchemaSettings(
            ordinary.backupFolder(),
            locks,
            config.limits().statementTimeout(),
            BACKUP_LIMIT,
            ordinary.backfill());
    return new PostgresSchemaDriver(databases, settings, new SplittableRandom());
  }

  ProcessPlatform platform(ConfiguredFleet fleet) {
    ProcessSettings settings =
        new ProcessSettings(data.root(), java(), config.limits().ready(), DRAIN, 3);
    return new ProcessPlatform(settings, id -> applicationAccess(fleet, id));
  }

  private static ApplicationAccess applicationAccess(ConfiguredFleet fleet, DatabaseId id) {
    DatabaseAccess access = fleet.access(id);
    return new ApplicationAccess(
        access.address().server().host(),
        access.address().server().port(),
        access.address().name(),
        access.requireApplication().login().user(),
        access.requireApplication().login().requirePassword(),
        access.requireApplication().maxConnections());
  }

  GatewayProcess gateway() {
    GatewayConfig wanted = config.gateway();
    GatewaySettings.Front front =
        new GatewaySettings.Front(
            wanted.listen().host(),
            wanted.listen().port(),
            wanted.tenantFrom().stream().map(f -> f.name().toLowerCase(Locale.ROOT)).toList(),
            wanted.tenantHeader(),
            wanted.userHeader());
    GatewaySettings.Program program =
        new GatewaySettings.Program(
            java(),
            List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"),
            System.getProperty("java.class.path"));
    GatewaySettings.Tokens tokens =
        new GatewaySettings.Tokens(data.secret("gateway-admin"), data.secret("gateway-preview"));
    return new GatewayProcess(
        new GatewaySettings(data.folder("gateway"), program, front, 0, tokens));
  }

  /// Finds out that nobody else listens where this is going to, before anything is started.
  ///
  /// @throws tranche.core.problem.ProblemException [tranche.server.ServerProblem]
  void requireFreePorts() {
    ListenAddress api = config.controlPlane().listen();
    HttpServer.requireFree(api.host(), api.port());
    if (gateway().running().isEmpty()) {
      ListenAddress front = config.gateway().listen();
      HttpServer.requireFree(front.host(), front.port());
    }
  }

  /// The gateway, adopted or started, and kept running from then on.
  GatewayWatch gatewayWatch() {
    GatewayProcess gateway = gateway();
    if (gateway.running().isEmpty()) {
      startedGateway = Optional.of(gateway);
    }
    return keep(GatewayWatch.start(gateway), GatewayWatch::close);
  }

  /// Everything that has an effect outside of the archive.
  World world(
      PostgresSchemaDriver schema,
      ProcessPlatform platform,
      ControlStore store,
      Supplier<RunningGateway> gateway) {
    Supplier<URI> admin = () -> gateway.get().admin();
    Supplier<URI> front = () -> gateway.get().front();
    GatewayRouter router =
        keep(new GatewayRouter(admin, data.secret("gateway-admin")), GatewayRouter::close);
    HttpVerifier verifier =
        new HttpVerifier(
            VerifierSettings.of(
                front, config.gateway().tenantHeader(), data.secret("gateway-preview")));
    return new World(schema, platform, router, store.desiredArms(), verifier, new ThresholdJudge());
  }

  Archive archive(ControlStore store) {
    return new Archive(
        store.journal(), store.leases(), store.rollouts(), store.releases(), store.ledger());
  }

  Engine engine(Archive archive, World world, Fleets fleets) {
    EngineSettings settings =
        new EngineSettings(
            data.identity(),
            LEASE,
            config.limits().parallel(),
            config.suites(),
            StopAtPoint.from(System.getenv(), data.root()));
    Engine engine = new Engine(archive, world, fleets, settings, InstantSource.system());
    return keep(engine, Engine::close);
  }

  ControlPlane controlPlane(
      Archive archive, Engine engine, Fleets fleets, PostgresSchemaDriver schema) {
    ControlPlane.Knowledge knowledge =
        new ControlPlane.Knowledge(ReleaseFolder::read, schema, config.policy());
    return new ControlPlane(archive, engine, fleets, knowledge, InstantSource.system());
  }

  /// Takes care that the part is closed with this.
  <T> T keep(T part, Consumer<? super T> close) {
    closers.push(() -> close.accept(part));
    return part;
  }

  /// Stops what this started of the data plane, for a start that failed: it leaves what it found.
  void undo() throws InterruptedException {
    startedGateway.ifPresent(GatewayProcess::stop);
    if (startedServer.isPresent()) {
      startedServer.get().stop();
    }
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /// Closes what was kept, the last part first. Closing again does nothing.
  void close() {
    while (!closers.isEmpty()) {
      closers.pop().run();
    }
  }
}
