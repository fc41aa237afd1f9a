package tranche.postgres.database;

import java.nio.charset.StandardCharsets;

/// Writes names into SQL. The only place that does.
public final class Identifier {
  private static final int BYTE_LIMIT = 63;

  private Identifier() {}

  /// The name in double quotes, so that it means exactly itself.
  ///
  /// @throws IllegalArgumentException if it is empty, has a NUL, or is longer than 63 bytes, where
  ///   PostgreSQL would cut it and mean something else
  public static String quote(String name) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (name.isEmpty() || name.indexOf('\0') >= 0 || bytes > BYTE_LIMIT) {
      throw new IllegalArgumentException("'" + name + "' cannot be a name in PostgreSQL");
    }
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /// A schema and something in it, each in double quotes.
  public static String quote(String schema, String name) {
    return quote(schema) + "." + quote(name);
  }
}
