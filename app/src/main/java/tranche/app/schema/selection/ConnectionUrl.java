package tranche.app.schema.selection;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tranche.postgres.database.DatabaseAddress;
import tranche.postgres.database.Server;
import tranche.postgres.database.SslMode;

/// What a `--url` says: where a server is, which database, as whom, how protected.
///
/// Drivers and libpq take dozens of properties from a URL, some of which load classes, read files
/// or log secrets. Nothing but these five is taken.
///
/// @param server host, port and protection; 5432 and `prefer` if nothing is said
/// @param database empty if none is named
/// @param user empty if none is named
record ConnectionUrl(Server server, Optional<String> database, Optional<String> user) {
  private static final int PORT = 5432;
  private static final Pattern FORM =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?://"
              + "(?:(?<user>[^/?#@:]*)(?<password>:[^/?#]*)?@)?"
              + "(?<host>\\[[^]/?#]*]|[^/?#:@,]*)(?::(?<port>[0-9]{1,5}))?"
              + "(?:/(?<database>[^/?#]*))?(?:\\?(?<query>[^#]*))?");
  private static final Pattern SECRET = Pattern.compile("//[^/?#]*@|(password=)[^&]*");

  /// Reads a URL of libpq's or JDBC's form.
  ///
  /// @throws tranche.core.problem.ProblemException [TargetProblem.PasswordInUrl],
  ///   [TargetProblem.UrlMalformed]
  static ConnectionUrl parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw malformed(text, "it is not of the form postgresql://user@host:port/database");
    }
    Map<String, String> properties = properties(text, form.group("query"));
    if (form.group("password") != null || properties.containsKey("password")) {
      throw new TargetProblem.PasswordInUrl(shown(text)).exception();
    }
    Optional<String> user =
        part(text, form.group("user")).or(() -> Optional.ofNullable(properties.get("user")));
    Server server = server(text, form, sslMode(text, properties));
    return new ConnectionUrl(server, part(text, form.group("database")), user);
  }

  private static Server server(String text, Matcher form, SslMode ssl) {
    String host = form.group("host");
    String port = form.group("port");
    if (host.isEmpty()) {
      throw malformed(text, "it names no host");
    }
    try {
      return new Server(host, port == null ? PORT : Integer.parseInt(port), ssl);
    } catch (IllegalArgumentException e) {
      throw malformed(text, String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, String> properties(String text, String query) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : decoded(text, pair.substring(equals + 1));
      if (!List.of("user", "sslmode", "password").contains(name)) {
        throw malformed(text, "property '" + name + "' is not taken, only user and sslmode");
      }
      if (properties.put(name, value) != null) {
        throw malformed(text, "property '" + name + "' is given twice");
      }
    }
    return properties;
  }

  private static SslMode sslMode(String text, Map<String, String> properties) {
    String word = properties.getOrDefault("sslmode", SslMode.PREFER.word());
    return Arrays.stream(SslMode.values())
        .filter(mode -> mode.word().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            malformed(
                text,
                "sslmode is none of "
                    + Arrays.stream(SslMode.values())
                        .map(SslMode::word)
                        .collect(Collectors.joining(", "))));
  }

  private static Optional<String> part(String text, String group) {
    return Optional.ofNullable(group).filter(g -> !g.isEmpty()).map(g -> decoded(text, g));
  }

  private static String decoded(String text, String part) {
    try {
      // A plus stands for itself in this part of a URL.
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed(text, "a % is followed by something else than two hexadecimal digits");
    }
  }

  /// The text without anything that may be a password.
  static String shown(String text) {
    String line = text.strip().replaceAll("\\p{Cntrl}", "?");
    return SECRET.matcher(line).replaceAll(m -> m.group(1) == null ? "//…@" : "password=…");
  }

  private static RuntimeException malformed(String text, String reason) {
    return new TargetProblem.UrlMalformed(shown(text), reason).exception();
  }

  /// Where that database is.
  ///
  /// @throws tranche.core.problem.ProblemException [TargetProblem.UrlMalformed] if no database can
  ///   have that name
  DatabaseAddress address(String name) {
    try {
      return new DatabaseAddress(server, name);
    } catch (IllegalArgumentException e) {
      throw malformed(server.toString(), String.valueOf(e.getMessage()));
    }
  }
}
