package tranche.core.fleet;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;

/// A place where a schema change runs once: a schema in a database.
///
/// `schema` is a name as the catalog has it, without quotes: 1 to 63 bytes of UTF-8 (PostgreSQL
/// would cut a longer one silently and make two tenants one schema), no control characters, no `/`,
/// and none of PostgreSQL's own schemas.
public record StoreId(DatabaseId database, String schema) implements Comparable<StoreId> {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}/\\p{Cs}]");
  private static final int MAX_BYTES = 63;

  public StoreId {
    Objects.requireNonNull(database);
    Objects.requireNonNull(schema);
    if (!isWellFormed(schema)) {
      throw new IllegalArgumentException("schema name '" + schema + "'");
    }
  }

  /// Whether the text can be the schema name of a store.
  public static boolean isWellFormed(String schema) {
    int bytes = schema.getBytes(StandardCharsets.UTF_8).length;
    return bytes >= 1
        && bytes <= MAX_BYTES
        && !UNFIT.matcher(schema).find()
        && !schema.startsWith("pg_")
        && !schema.equals("information_schema");
  }

  /// Whether the text is a schema name that never needs quotes. Names that Tranche makes are.
  public static boolean isPlain(String schema) {
    return isWellFormed(schema) && PLAIN.matcher(schema).matches();
  }

  /// Reads the form that [#toString()] writes.
  public static StoreId parse(String text) {
    int slash = text.lastIndexOf('/');
    return new StoreId(new DatabaseId(text.substring(0, slash)), text.substring(slash + 1));
  }

  @Override
  public int compareTo(StoreId other) {
    int byDatabase = database.compareTo(other.database);
    return byDatabase != 0 ? byDatabase : schema.compareTo(other.schema);
  }

  @Override
  public String toString() {
    return database + "/" + schema;
  }
}
