package tranche.app.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import tranche.config.TrancheConfig;
import tranche.config.database.ResolvedDatabase;
import tranche.config.database.Server;
import tranche.config.fleet.DeclaredFleet;
import tranche.config.fleet.FleetBuilder;
import tranche.config.fleet.TenantRow;
import tranche.config.fleet.TenantSource;
import tranche.config.fleet.TenantSources;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.Fleet;
import tranche.core.secret.Secret;
import tranche.engine.fleet.FleetSource;
import tranche.postgres.database.ApplicationAccess;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.DatabaseAddress;
import tranche.postgres.database.DatabaseDirectory;
import tranche.postgres.database.IfMissing;
import tranche.postgres.database.Login;
import tranche.postgres.database.SslMode;
import tranche.postgres.embedded.ServerAddress;

/// The fleet and the databases of a configuration. Databases of single tenants are known once the
/// tenants were read.
public final class ConfiguredFleet implements FleetSource, DatabaseDirectory {
  private final TrancheConfig config;
  private final Optional<ServerAddress> embedded;
  private final Optional<Function<String, Secret>> secrets;
  private volatile Map<DatabaseId, ResolvedDatabase> databases;
  private Optional<TenantSources> sources = Optional.empty();

  private ConfiguredFleet(
      TrancheConfig config,
      Optional<ServerAddress> embedded,
      Optional<Function<String, Secret>> secrets) {
    this.config = config;
    this.embedded = embedded;
    this.secrets = secrets;
    this.databases = config.fleet().plainDatabases();
  }

  /// The fleet with everything that a control plane needs to know of it.
  ///
  /// @param secrets finds or makes the secret of that name
  static ConfiguredFleet whole(
      TrancheConfig config, Optional<ServerAddress> embedded, Function<String, Secret> secrets) {
    return new ConfiguredFleet(config, embedded, Optional.of(secrets));
  }

  /// The fleet for those who only change schemas: of applications it knows what the configuration
  /// says and generates nothing.
  public static ConfiguredFleet ofStores(TrancheConfig config, Optional<ServerAddress> embedded) {
    return new ConfiguredFleet(config, embedded, Optional.empty());
  }

  /// The fleet for those who make stores: of applications it knows what the configuration says, and
  /// has or makes what a control plane over that data folder would generate.
  public static ConfiguredFleet ofNewStores(
      TrancheConfig config, Optional<ServerAddress> embedded, Path data) {
    return new ConfiguredFleet(
        config, embedded, Optional.of(name -> DataFolder.secretIn(data, name)));
  }

  /// From here on tenants can be read with these sources, which need this directory themselves.
  public void readWith(TenantSources tenants) {
    sources = Optional.of(tenants);
  }

  /// Looks at the tenants before anything runs. Tenants that only a database knows are looked at by
  /// [#read].
  ///
  /// @throws tranche.core.problem.ProblemException if the tenants are not as they must be
  static void check(TrancheConfig config) {
    List<TenantSource> known =
        config.fleet().sources().stream().filter(s -> !(s instanceof TenantSource.Sql)).toList();
    TenantSources files =
        new TenantSources((id, _) -> {
          throw new IllegalStateException(id + " is not asked before it runs");
        });
    FleetBuilder.build(config.fleet(), files.read(known));
  }

  @Override
  public Fleet read() {
    return of(rows());
  }

  /// The tenants of all sources as they are now, not yet placed.
  public List<TenantRow> rows() {
    return rows(_ -> true);
  }

  /// The tenants of those sources.
  public List<TenantRow> rows(Predicate<TenantSource> of) {
    return sources.orElseThrow().read(config.fleet().sources().stream().filter(of).toList());
  }

  /// The fleet that these tenants are. Their databases are known from now on.
  ///
  /// @throws tranche.core.problem.ProblemException if they cannot all be placed
  public Fleet of(List<TenantRow> rows) {
    DeclaredFleet declared = FleetBuilder.build(config.fleet(), rows);
    Map<DatabaseId, ResolvedDatabase> known = new TreeMap<>(config.fleet().plainDatabases());
    known.putAll(declared.databases());
    databases = known;
    return declared.fleet();
  }

  @Override
  public DatabaseAccess access(DatabaseId id) {
    ResolvedDatabase database = databases.get(id);
    if (database == null) {
      throw new LocalProblem.UnknownDatabase(id.value()).exception();
    }
    IfMissing ifMissing =
        switch (database.create()) {
          case IF_ABSENT -> IfMissing.CREATE;
          case NEVER -> IfMissing.FAIL;
        };
    return switch (database.server()) {
      case Server.Embedded _ -> {
        ServerAddress server = embedded.orElseThrow();
        yield access(
            database,
            new tranche.postgres.database.Server(server.host(), server.port(), SslMode.DISABLE),
            new Login(server.user(), server.password()),
            ifMissing);
      }
      case Server.External(var host, var port, var login) ->
          access(
              database,
              new tranche.postgres.database.Server(host, port, SslMode.PREFER),
              new Login(login.user(), login.password()),
              ifMissing);
    };
  }

  private DatabaseAccess access(
      ResolvedDatabase database,
      tranche.postgres.database.Server server,
      Login admin,
      IfMissing ifMissing) {
    Optional<Login> login =
        database
            .application()
            .login()
            .map(l -> new Login(l.user(), l.password()))
            .or(() -> secrets.map(known -> generated(known, database.name())));
    int connections = database.application().maxConnections();
    return new DatabaseAccess(
        database.id(),
        new DatabaseAddress(server, database.name()),
        admin,
        login.map(l -> new ApplicationAccess(l, connections)),
        ifMissing);
  }

  /// One role per database: what leaks from one opens no other.
  private static Login generated(Function<String, Secret> secrets, String database) {
    String role = database.length() > 59 ? database.substring(0, 59) : database;
    return new Login(role + "_app", secrets.apply("application-" + database));
  }
}
