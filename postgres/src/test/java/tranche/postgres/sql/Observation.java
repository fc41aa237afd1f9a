package tranche.postgres.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tranche.core.migration.LockLevel;

/// What a server says of the relations that are there.
///
/// @param files where the rows of each are: another file means that they were written anew
/// @param scans how often each has been read from beginning to end in this session
record Observation(Map<Long, Long> files, Map<Long, Long> scans) {
  private static final String RELATIONS =
      """
      SELECT c.oid,
        -- A sequence gets a new file whenever it is altered.
        CASE WHEN c.relkind = 'S' THEN 0 ELSE coalesce(pg_relation_filenode(c.oid), 0) END,
        coalesce(pg_stat_get_xact_numscans(c.oid), 0)
      FROM pg_class c
      WHERE c.relnamespace IN (to_regnamespace('store'), to_regnamespace('other'))
      """;

  static Observation of(Connection connection) throws SQLException {
    Map<Long, Long> files = new TreeMap<>();
    Map<Long, Long> scans = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(RELATIONS)) {
      while (rows.next()) {
        files.put(rows.getLong(1), rows.getLong(2));
        scans.put(rows.getLong(1), rows.getLong(3));
      }
    }
    return new Observation(files, scans);
  }

  /// The strongest lock that this session holds on one of the relations.
  LockLevel strongestLock(Connection connection) throws SQLException {
    LockLevel strongest = LockLevel.NONE;
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT relation::bigint, mode FROM pg_locks
                WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted
                """)) {
      while (rows.next()) {
        LockLevel level = level(rows.getString(2));
        if (files.containsKey(rows.getLong(1)) && level.compareTo(strongest) > 0) {
          strongest = level;
        }
      }
    }
    return strongest;
  }

  // `AccessExclusiveLock` and its relatives.
  private static LockLevel level(String mode) {
    String words = mode.replaceFirst("Lock$", "").replaceAll("(?<=[a-z])(?=[A-Z])", "_");
    return LockLevel.valueOf(words.toUpperCase(Locale.ROOT));
  }

  boolean wasWrittenAnew(Observation later) {
    return files.entrySet().stream()
        .anyMatch(e -> !later.files.getOrDefault(e.getKey(), e.getValue()).equals(e.getValue()));
  }

  boolean wasRead(Observation later) {
    return scans.entrySet().stream()
        .anyMatch(e -> later.scans.getOrDefault(e.getKey(), 0L) > e.getValue());
  }
}
