package tranche.config.database;

import tranche.core.fleet.DatabaseId;

/// One database: its id, the server it is on and its name there.
public record ResolvedDatabase(
    DatabaseId id,
    Server server,
    String name,
    DatabaseConfig.Creation create,
    ApplicationAccess application) {
  /// Where it really is; two ids with one location are the same database.
  public String location() {
    return server.toString().toLowerCase(java.util.Locale.ROOT) + "/" + name;
  }
}
