package issuetracker.instance;

/// A schema in a database that holds the tables of one or many tenants.
///
/// @param database the name under which the instance file lists the database
/// @param schema the schema, unquoted
public record Store(String database, String schema) {
  /// Refuses what PostgreSQL cannot use as a name.
  public Store {
    if (schema.isEmpty() || schema.indexOf('\0') >= 0) {
      throw new InstanceException("a schema name is empty or holds a NUL character");
    }
  }

  /// The qualified and quoted name of a table of this store, ready to be put into SQL.
  public String table(String name) {
    return quoted(schema) + "." + quoted(name);
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
