package tranche.postgres.schema;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.problem.ProblemException;
import tranche.core.release.SchemaVersion;
import tranche.postgres.database.Databases;
import tranche.postgres.database.Unreachable;

/// Reads the versions of many stores, some hundred per statement.
final class VersionReader {
  private static final int STORES_PER_STATEMENT = 500;

  /// A store is there if its schema is and provisioning has left a row for it.
  private static final String READ =
      """
      SELECT f.target, coalesce(s.version, '0')
      FROM tranche.fence f
      JOIN pg_catalog.pg_namespace n ON n.nspname = f.target
      LEFT JOIN tranche.store s ON s.target = f.target
      WHERE f.target = ANY (?)
      """;

  private final Databases databases;

  VersionReader(Databases databases) {
    this.databases = databases;
  }

  Map<StoreId, SchemaVersion> read(Collection<StoreId> stores) {
    Map<DatabaseId, TreeSet<String>> schemas = new TreeMap<>();
    stores.forEach(
        s -> schemas.computeIfAbsent(s.database(), _ -> new TreeSet<>()).add(s.schema()));
    Map<StoreId, SchemaVersion> found = new HashMap<>();
    schemas.forEach((database, names) -> read(database, List.copyOf(names), found));
    return found;
  }

  private void read(DatabaseId database, List<String> schemas, Map<StoreId, SchemaVersion> found) {
    List<List<String>> portions = new ArrayList<>();
    for (int from = 0; from < schemas.size(); from += STORES_PER_STATEMENT) {
      portions.add(schemas.subList(from, Math.min(from + STORES_PER_STATEMENT, schemas.size())));
    }
    try {
      // A history of an earlier layout has no row per store yet.
      if (!schemas.isEmpty() && !isReady(database)) {
        return;
      }
      for (List<String> portion : portions) {
        databases.with(database, connection -> portion(connection, database, portion, found));
      }
    } catch (ProblemException e) {
      if (!Unreachable.isMissingDatabase(e)) {
        throw e;
      }
    } catch (SQLException e) {
      throw Unreachable.connecting(database, e);
    }
  }

  /// A database without the history has no store; an older history is brought up to date.
  private boolean isReady(DatabaseId database) throws SQLException {
    return databases.with(
        database,
        connection -> {
          if (HistoryLayout.version(connection, database) == 0) {
            return false;
          }
          boolean _ = HistoryLayout.prepare(connection, database);
          return true;
        });
  }

  private static int portion(
      Connection connection,
      DatabaseId database,
      List<String> schemas,
      Map<StoreId, SchemaVersion> found)
      throws SQLException {
    Array names = connection.createArrayOf("text", schemas.toArray());
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setArray(1, names);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(new StoreId(database, rows.getString(1)), new SchemaVersion(rows.getString(2)));
        }
      }
    }
    return found.size();
  }
}
