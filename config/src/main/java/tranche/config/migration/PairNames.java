package tranche.config.migration;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tranche.core.release.SchemaVersion;

/// Reads names such as `001_add_priority.up.sql` and `20261103120000_x.postgres.down.sql`.
final class PairNames {
  private static final Set<String> POSTGRES = Set.of("postgres", "postgresql", "pg", "psql");
  private static final Set<String> OTHERS =
      Set.of(
          "mysql",
          "mariadb",
          "sqlite",
          "sqlite3",
          "mssql",
          "sqlserver",
          "oracle",
          "db2",
          "h2",
          "hsqldb",
          "derby",
          "cockroach",
          "cockroachdb",
          "crdb",
          "clickhouse",
          "redshift",
          "spanner",
          "snowflake",
          "duckdb",
          "cassandra",
          "yugabyte",
          "ql",
          "tidb",
          "vertica",
          "firebird");
  private static final Pattern NAME =
      Pattern.compile("([0-9]{1,20})(?:_(.*?))?(?:\\.([A-Za-z0-9]+))?\\.(up|down)\\.sql");

  private PairNames() {}

  /// What the name says, if it is one of a pair.
  static Optional<ScriptName> parse(String fileName) {
    Matcher name = NAME.matcher(fileName);
    if (!name.matches()) {
      return Optional.empty();
    }
    String text = name.group(2) == null ? "" : name.group(2);
    String last = name.group(3) == null ? "" : name.group(3).toLowerCase(java.util.Locale.ROOT);
    boolean isDialect = POSTGRES.contains(last) || OTHERS.contains(last);
    String description = isDialect || last.isEmpty() ? text : text + "." + name.group(3);
    return Optional.of(
        new ScriptName.Pair(
            new SchemaVersion(name.group(1)),
            description.replace('_', ' '),
            isDialect ? Optional.of(last) : Optional.empty(),
            name.group(4).equals("up") ? ScriptName.Direction.UP : ScriptName.Direction.DOWN));
  }

  /// Whether the dialect is PostgreSQL's.
  static boolean isPostgres(String dialect) {
    return POSTGRES.contains(dialect);
  }
}
