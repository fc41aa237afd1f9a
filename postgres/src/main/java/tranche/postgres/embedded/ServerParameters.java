package tranche.postgres.embedded;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tranche.core.problem.ProblemException;
import tranche.postgres.embedded.EmbeddedProblem.ParameterRefused;

/// The settings an embedded server runs with, written anew before each start.
///
/// Statements are kept out of the log altogether (`log_min_error_statement = panic`, terse
/// messages), because `CREATE ROLE ... PASSWORD` would otherwise put a password there when it
/// fails, and tenant rows would appear in the details of key violations. One log file per weekday,
/// emptied when its day comes round again, limits the log to a week.
final class ServerParameters {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}(\\.[a-z0-9_]{1,63})?");
  private static final int VALUE_LIMIT = 1_000;

  /// What makes the server durable, private, quiet about secrets and findable.
  private static final Map<String, String> FIXED =
      Map.ofEntries(
          Map.entry("listen_addresses", "127.0.0.1"),
          Map.entry("unix_socket_directories", ""),
          Map.entry("password_encryption", "scram-sha-256"),
          Map.entry("fsync", "on"),
          Map.entry("full_page_writes", "on"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("logging_collector", "on"),
          Map.entry("log_destination", "stderr"),
          Map.entry("log_filename", "postgresql-%a.log"),
          Map.entry("log_file_mode", "0600"),
          Map.entry("log_rotation_age", "1d"),
          Map.entry("log_rotation_size", "0"),
          Map.entry("log_truncate_on_rotation", "on"),
          Map.entry("log_statement", "none"),
          Map.entry("log_min_duration_statement", "-1"),
          Map.entry("log_min_error_statement", "panic"),
          Map.entry("log_error_verbosity", "terse"),
          Map.entry("lc_messages", "C"));

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "max_connections", "400",
          "shared_buffers", "256MB",
          "max_locks_per_transaction", "256",
          "min_wal_size", "80MB",
          "max_wal_size", "1GB",
          "checkpoint_timeout", "5min",
          "timezone", "UTC",
          "log_timezone", "UTC");

  /// Set by the launcher itself, or able to undo one of the fixed ones.
  private static final Set<String> NOT_YOURS =
      Set.of(
          "port",
          "data_directory",
          "config_file",
          "hba_file",
          "ident_file",
          "external_pid_file",
          "include",
          "include_dir",
          "include_if_exists",
          "log_directory",
          "log_min_duration_sample",
          "log_statement_sample_rate",
          "log_transaction_sample_rate",
          "debug_print_parse",
          "debug_print_rewritten",
          "debug_print_plan",
          "log_parameter_max_length_on_error",
          "allow_alter_system",
          "restart_after_crash");

  private ServerParameters() {}

  /// Writes the parameter file.
  ///
  /// @throws ProblemException [ParameterRefused] for a parameter that may not be set or a value
  ///   that cannot be written
  static void write(Layout layout, int port, Map<String, String> wanted, Account account)
      throws IOException {
    Disk.write(layout.parameters(), render(layout, port, wanted));
    account.own(layout.parameters());
  }

  /// The text of the parameter file.
  ///
  /// @throws ProblemException [ParameterRefused] for a parameter that may not be set or a value
  ///   that cannot be written
  static String render(Layout layout, int port, Map<String, String> wanted) {
    var all = new LinkedHashMap<>(DEFAULTS);
    wanted.forEach((name, value) -> all.put(checked(name), value));
    all.putAll(FIXED);
    all.put("log_directory", layout.log().toString());
    all.put("port", Integer.toString(port));
    var text = new StringBuilder("# Written before each start; changes here are lost.\n");
    all.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e ->
            text.append(e.getKey())
                .append(" = ")
                .append(quoted(e.getKey(), e.getValue()))
                .append('\n'));
    return text.toString();
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw refused(name, "is not the name of a parameter in lower case");
    }
    if (NOT_YOURS.contains(name) || FIXED.containsKey(name)) {
      throw refused(name, "keeps the store durable, private or findable and is set by Tranche");
    }
    return name;
  }

  private static String quoted(String name, String value) {
    if (value.length() > VALUE_LIMIT || value.chars().anyMatch(Character::isISOControl)) {
      throw refused(name, "has a value with control characters or one longer than " + VALUE_LIMIT);
    }
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private static ProblemException refused(String name, String reason) {
    return new ProblemException(new ParameterRefused(name, reason));
  }
}
