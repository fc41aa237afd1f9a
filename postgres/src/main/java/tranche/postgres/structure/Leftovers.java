package tranche.postgres.structure;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tranche.postgres.database.Identifier;
import tranche.postgres.database.SqlState;

/// Scratch schemas that nobody dropped.
///
/// While a scratch schema is in use its maker holds a session lock on its name, so that one which
/// is only slow is not taken for one that died.
public final class Leftovers {
  private static final String MARK = "Scratch schema of Tranche, safe to drop. Made at ";
  private static final int TRIES = 5;
  private static final int OWNER_LIMIT = 200;

  private static final String OLDER =
      """
      SELECT n.nspname FROM pg_catalog.pg_namespace n
      JOIN pg_catalog.pg_description d
        ON d.objoid = n.oid AND d.classoid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
      WHERE starts_with(n.nspname::text, ?) AND starts_with(d.description, ?)
        AND substr(d.description, length(?) + 1, 20)::timestamptz <= now() - make_interval(secs => ?)
      ORDER BY n.nspname
      """;

  // A comment takes no expression: the server writes the statement, and is then given it.
  private static final String COMMENT =
      """
      SELECT format('COMMENT ON SCHEMA %I IS %L', ?::text,
        ?::text || to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || ' by ' || ?::text)
      """;

  /// What was found.
  ///
  /// @param dropped the schemas that are gone now
  /// @param left those that are in use or could not be dropped now; the next call tries again
  public record Swept(List<String> dropped, List<String> left) {
    /// Copies the lists.
    public Swept {
      dropped = List.copyOf(dropped);
      left = List.copyOf(left);
    }
  }

  private Leftovers() {}

  /// Drops all scratch schemas in this database that are at least that old by the server's clock,
  /// each in a transaction of its own.
  ///
  /// @param connection one that is in no transaction
  /// @throws SQLException if the server cannot be asked
  public static Swept drop(Connection connection, Duration olderThan) throws SQLException {
    List<String> dropped = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (String schema : older(connection, olderThan)) {
      (isDropped(connection, schema) ? dropped : left).add(schema);
    }
    return new Swept(dropped, left);
  }

  private static boolean isDropped(Connection connection, String schema) throws SQLException {
    if (!lock(connection, schema)) {
      return false;
    }
    try {
      drop(connection, schema);
      return true;
    } catch (SQLException e) {
      if (SqlState.of(e) == SqlState.CONNECTION) {
        throw e;
      }
      unlock(connection, schema);
      return false;
    }
  }

  private static List<String> older(Connection connection, Duration age) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OLDER)) {
      statement.setString(1, ScratchCopy.PREFIX);
      statement.setString(2, MARK);
      statement.setString(3, MARK);
      statement.setDouble(4, age.toMillis() / 1000.0);
      try (ResultSet rows = statement.executeQuery()) {
        List<String> names = new ArrayList<>();
        while (rows.next()) {
          names.add(rows.getString(1));
        }
        return names;
      }
    }
  }

  static void create(Connection connection, String schema, String owner) throws SQLException {
    boolean _ = lock(connection, schema);
    String by = owner.length() <= OWNER_LIMIT ? owner : owner.substring(0, OWNER_LIMIT);
    boolean _ =
        OwnTransaction.run(
            connection,
            c -> {
              try (PreparedStatement mark = c.prepareStatement(COMMENT);
                  Statement statement = c.createStatement()) {
                mark.setString(1, schema);
                mark.setString(2, MARK);
                mark.setString(3, by);
                statement.execute("CREATE SCHEMA " + Identifier.quote(schema));
                try (ResultSet row = mark.executeQuery()) {
                  return row.next() && statement.execute(row.getString(1));
                }
              }
            });
  }

  /// Drops the schema with all that is in it, in short waits for locks, and gives up its lock.
  static void drop(Connection connection, String schema) throws SQLException {
    SQLException last = null;
    for (int i = 0; i < TRIES && (last == null || SqlState.of(last) == SqlState.LOCK); i++) {
      try {
        boolean _ =
            OwnTransaction.run(
                connection,
                c -> {
                  CopyRun.enter(c, schema, ScratchCopy.LOCK_TIMEOUT);
                  try (Statement statement = c.createStatement()) {
                    return statement.execute(
                        "DROP SCHEMA IF EXISTS " + Identifier.quote(schema) + " CASCADE");
                  }
                });
        unlock(connection, schema);
        return;
      } catch (SQLException e) {
        last = e;
      }
    }
    throw last == null ? new SQLException("not tried") : last;
  }

  private static boolean lock(Connection connection, String schema) throws SQLException {
    return ask(connection, "SELECT pg_try_advisory_lock(hashtextextended(?, 0))", schema);
  }

  private static void unlock(Connection connection, String schema) throws SQLException {
    boolean _ = ask(connection, "SELECT pg_advisory_unlock(hashtextextended(?, 0))", schema);
  }

  private static boolean ask(Connection connection, String sql, String schema) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, schema);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
