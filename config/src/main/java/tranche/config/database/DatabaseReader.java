package tranche.config.database;

import java.util.Map;
import java.util.Optional;
import tranche.config.problem.ConfigProblem;
import tranche.config.yaml.YamlMap;
import tranche.config.yaml.YamlValue;
import tranche.core.problem.ProblemException;

/// Reads an entry of `databases` and the `store` section.
public final class DatabaseReader {
  private static final String NAME = "[A-Za-z0-9_.-]{1,63}";
  private static final String NAME_WORDS =
      "a name of letters, digits, '_', '.' and '-', with no placeholder that the key does not have";

  private static final Map<String, DatabaseConfig.Creation> CREATION =
      Map.of("true", DatabaseConfig.Creation.IF_ABSENT, "false", DatabaseConfig.Creation.NEVER);

  private final PasswordReader passwords;

  /// Takes passwords from there.
  public DatabaseReader(PasswordReader passwords) {
    this.passwords = passwords;
  }

  /// The database declared under that key.
  ///
  /// @throws ProblemException [ConfigProblem]
  public DatabaseConfig database(String key, YamlValue value) {
    if (!Template.isWellFormed(key) || key.length() > 128 || !isName(key)) {
      throw value.wrong("a database whose key is " + NAME_WORDS);
    }
    YamlMap map =
        value.map(
            "server",
            "host",
            "port",
            "name",
            "user",
            "password_file",
            "password_env",
            "create",
            "application");
    return map.optional("server").isPresent() ? embedded(key, map) : external(key, map);
  }

  /// The login and address in a `store` section and the database's name.
  ///
  /// @throws ProblemException [ConfigProblem]
  public StoreConfig store(YamlValue value) {
    YamlMap map = value.map("host", "port", "name", "user", "password_file", "password_env");
    return new StoreConfig(server(map), name("", map));
  }

  private DatabaseConfig embedded(String key, YamlMap map) {
    map.required("server", "embedded")
        .text("embedded"::equals, "embedded, or host, port and user instead of server");
    map.only("server", "name", "create", "application");
    return new DatabaseConfig(
        key,
        new Server.Embedded(),
        name(key, map),
        creation(map, DatabaseConfig.Creation.IF_ABSENT),
        map.optional("application").map(this::application).orElse(ApplicationAccess.GENERATED));
  }

  private DatabaseConfig external(String key, YamlMap map) {
    YamlValue application =
        map.required("application", "{user: tracker_app, password_file: secrets/app.txt}");
    ApplicationAccess access = application(application);
    if (access.login().isEmpty()) {
      throw userMissing(application);
    }
    return new DatabaseConfig(
        key, server(map), name(key, map), creation(map, DatabaseConfig.Creation.NEVER), access);
  }

  private Server.External server(YamlMap map) {
    String host = map.required("host", "the name or address of the server").text();
    int port = map.optional("port").map(v -> v.integer(1, 65_535)).orElse(5432);
    String user = map.required("user", "the role that owns the stores").text();
    return new Server.External(host, port, new Login(user, passwords.required(map)));
  }

  private ApplicationAccess application(YamlValue value) {
    YamlMap map = value.map("user", "password_file", "password_env", "max_connections");
    int connections =
        map.optional("max_connections")
            .map(v -> v.integer(1, 1000))
            .orElse(ApplicationAccess.GENERATED.maxConnections());
    Optional<Login> login =
        map.optional("user").map(user -> new Login(user.text(), passwords.required(map)));
    if (login.isEmpty()
        && (map.optional("password_file").isPresent()
            || map.optional("password_env").isPresent())) {
      throw userMissing(value);
    }
    return new ApplicationAccess(login, connections);
  }

  private static ProblemException userMissing(YamlValue application) {
    return new ConfigProblem.MissingKey(
            application.where(),
            application.key() + ".user",
            "the role that the application signs in as, with password_file or password_env")
        .exception();
  }

  private static DatabaseConfig.Creation creation(YamlMap map, DatabaseConfig.Creation otherwise) {
    return map.optional("create").map(v -> v.choice(CREATION)).orElse(otherwise);
  }

  private static String name(String key, YamlMap map) {
    return map.required("name", "the name of the database on its server")
        .text(
            t ->
                Template.isWellFormed(t)
                    && isName(t)
                    && Template.placeholders(key).containsAll(Template.placeholders(t)),
            NAME_WORDS);
  }

  private static boolean isName(String template) {
    return Template.words(template, "t", "r").matches(NAME);
  }
}
