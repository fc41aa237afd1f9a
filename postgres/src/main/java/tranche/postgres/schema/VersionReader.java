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
import tranche.postgres.database.SqlState;
import tranche.postgres.database.Unreachable;

/// Reads the versions of many stores, some hundred per statement.
final class VersionReader {
  private static final int STORES_PER_STATEMENT = 500;

  /// A store is there if its schema is and provisioning has left a row for it. Versions are
  /// compared as arrays of numbers, which is how [SchemaVersion] compares them once trailing zeros
  /// are gone.
  private static final String READ =
      """
      SELECT f.target, coalesce((
          SELECT h.version FROM tranche.history h
          WHERE h.target = f.target
          ORDER BY string_to_array(h.version, '.')::numeric[] DESC
          LIMIT 1), '0')
      FROM tranche.fence f
      JOIN pg_catalog.pg_namespace n ON n.nspname = f.target
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
      for (List<String> portion : portions) {
        databases.with(database, connection -> portion(connection, database, portion, found));
      }
    } catch (ProblemException e) {
      if (!Unreachable.isMissingDatabase(e)) {
        throw e;
      }
    } catch (SQLException e) {
      // A database without the history has no store.
      if (SqlState.of(e) != SqlState.NO_TABLE) {
        throw Unreachable.connecting(database, e);
      }
    }
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
