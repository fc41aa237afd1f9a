package tranche.app.schema.selection;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tranche.app.cli.Surroundings;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.DatabaseAddress;
import tranche.postgres.database.DatabaseDirectory;
import tranche.postgres.database.IfMissing;
import tranche.postgres.database.Login;
import tranche.postgres.selection.TargetFinder;

/// The stores that a URL and patterns lead to. The id of a database is its name.
final class AdHocTargets implements DatabaseDirectory {
  private static final String MAINTENANCE = "postgres";
  private static final int SHOWN = 3;

  private final TargetOptions options;
  private final ConnectionUrl url;
  private final String user;
  private final Passwords passwords;
  private final Map<DatabaseId, DatabaseAccess> known = new ConcurrentHashMap<>();

  AdHocTargets(TargetOptions options, String url, Surroundings surroundings) {
    this.options = options;
    this.url = ConnectionUrl.parse(url);
    this.user =
        this.url
            .user()
            .or(() -> surroundings.variable("PGUSER"))
            .orElseGet(() -> System.getProperty("user.name"));
    Optional<Path> file = options.passwordFile().map(surroundings.folder()::resolve);
    this.passwords = new Passwords(surroundings.environment(), file);
  }

  /// Asks the server what there is.
  ///
  /// @throws tranche.core.problem.ProblemException if it cannot be asked or nothing matches
  Targets find() {
    List<TargetStore> stores = stores();
    return new Targets(name(), stores, List.of(), List.of(), this, Optional.empty());
  }

  private List<TargetStore> stores() {
    if (!options.schemas().isEmpty()) {
      return schemas();
    }
    String schema = options.schema().orElse("public");
    if (!StoreId.isWellFormed(schema)) {
      throw new TargetProblem.Contradiction(
              "--schema and '" + schema + "'",
              "no store can be in a schema of that name",
              "Name a schema of your own.")
          .exception();
    }
    return databases().stream()
        .map(database -> TargetStore.bare(new StoreId(new DatabaseId(database), schema), database))
        .toList();
  }

  private List<TargetStore> schemas() {
    String database = database();
    List<String> there = TargetFinder.schemas(url.address(database), login(database));
    return matching(options.schemas(), there, "schema", "in database " + database).stream()
        .filter(StoreId::isWellFormed)
        .map(schema -> TargetStore.bare(new StoreId(new DatabaseId(database), schema), schema))
        .toList();
  }

  private List<String> databases() {
    if (options.databases().isEmpty()) {
      return List.of(database());
    }
    String asked = url.database().orElse(MAINTENANCE);
    List<String> there = TargetFinder.databases(url.address(asked), login(asked));
    return matching(options.databases(), there, "database", "on server " + url.server());
  }

  private static List<String> matching(
      List<NamePattern> patterns, List<String> there, String noun, String where) {
    List<String> matching =
        there.stream().filter(name -> NamePattern.anyMatches(patterns, name)).toList();
    if (matching.isEmpty()) {
      String wanted = noun + " " + joined(patterns);
      String found =
          there.isEmpty()
              ? "no " + noun + "s"
              : there.size() + " " + noun + (there.size() == 1 ? ": " : "s: ") + shown(there);
      throw new TargetProblem.NoStoreMatches(wanted, where, found).exception();
    }
    return matching;
  }

  private static String shown(List<String> names) {
    String first = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return names.size() > SHOWN ? first + ", ..." : first;
  }

  private static String joined(List<NamePattern> patterns) {
    return patterns.stream().map(NamePattern::text).collect(Collectors.joining(" or "));
  }

  private String database() {
    return url.database().orElse(user);
  }

  private String name() {
    String server = "on " + url.server();
    if (!options.schemas().isEmpty()) {
      return "schemas " + joined(options.schemas()) + " of " + database() + " " + server;
    }
    if (!options.databases().isEmpty()) {
      return "databases " + joined(options.databases()) + " " + server;
    }
    return "schema " + options.schema().orElse("public") + " of " + database() + " " + server;
  }

  private Login login(String database) {
    return new Login(user, passwords.find(url.address(database), user));
  }

  @Override
  public DatabaseAccess access(DatabaseId database) {
    return known.computeIfAbsent(database, this::look);
  }

  private DatabaseAccess look(DatabaseId database) {
    DatabaseAddress address = url.address(database.value());
    return new DatabaseAccess(
        database, address, login(database.value()), Optional.empty(), IfMissing.FAIL);
  }
}
