package tranche.core.fleet;

import java.util.Objects;
import java.util.regex.Pattern;

/// A place where a schema change runs once: a schema in a database.
///
/// `schema` is 1 to 63 characters of lower-case letters, digits and `_`, not beginning with a digit
/// and not with `pg_`: PostgreSQL would cut a longer name silently and make two tenants one schema.
public record StoreId(DatabaseId database, String schema) implements Comparable<StoreId> {
  private static final Pattern FORM = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  public StoreId {
    Objects.requireNonNull(database);
    Objects.requireNonNull(schema);
    if (!isWellFormed(schema)) {
      throw new IllegalArgumentException("schema name '" + schema + "'");
    }
  }

  /// Whether the text can be a schema name of a store.
  public static boolean isWellFormed(String schema) {
    return FORM.matcher(schema).matches()
        && !schema.startsWith("pg_")
        && !schema.equals("information_schema");
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
