package tranche.postgres.reference;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.problem.ProblemException;
import tranche.core.reference.ReferenceResult;
import tranche.core.reference.StoreReference;
import tranche.postgres.database.Connector;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.DatabaseDirectory;
import tranche.postgres.database.Identifier;
import tranche.postgres.database.SqlState;
import tranche.postgres.database.Unreachable;

/// Compares the values of tenants' stores with those of the shared one. Only reads, without waiting
/// for locks, and within a time for all of it.
///
/// In one database it is one anti-join per store. Between databases distinct values go over in
/// batches, in their order, so that each is sent once and memory stays bounded. A few connections
/// are kept open, those used last, and no value ever leaves this class.
public final class ReferenceCheck implements AutoCloseable {
  private static final Duration SILENCE = Duration.ofMinutes(2);
  private static final int CONNECTIONS = 4;
  private static final String LATE = "the time was over";

  private final DatabaseDirectory directory;
  private final Limits limits;
  private final LongSupplier nanos;
  private final long end;
  private final Map<DatabaseId, Connection> connections = new LinkedHashMap<>(16, 0.75f, true);

  /// How much a check may cost.
  ///
  /// @param time for all stores
  /// @param values distinct values of one store that are looked at between databases
  /// @param batch how many go over at once
  public record Limits(Duration time, long values, int batch) {
    /// Thirty seconds, a million values, ten thousand at once.
    public static final Limits ORDINARY = new Limits(Duration.ofSeconds(30), 1_000_000, 10_000);

    /// Checks that all are positive.
    public Limits {
      if (!time.isPositive() || values < 1 || batch < 1) {
        throw new IllegalArgumentException(time + ", " + values + ", " + batch);
      }
    }
  }

  /// Connects to nothing yet; the time begins now.
  ///
  /// @param nanos a clock that only goes forward
  public ReferenceCheck(DatabaseDirectory directory, Limits limits, LongSupplier nanos) {
    this.directory = directory;
    this.limits = limits;
    this.nanos = nanos;
    this.end = nanos.getAsLong() + limits.time().toNanos();
  }

  /// Compares one reference of one store.
  ///
  /// @throws ProblemException if a database cannot be reached
  public ReferenceResult check(StoreReference reference, StoreId from, StoreId shared) {
    if (left() <= 0) {
      return new ReferenceResult.Partly(0, LATE);
    }
    try {
      return asked(reference, from, shared);
    } catch (SQLException e) {
      return switch (SqlState.of(e)) {
        case CONNECTION, REFUSED -> throw Unreachable.connecting(from.database(), e);
        case STATEMENT_TIMEOUT -> new ReferenceResult.Partly(0, LATE);
        case LOCK, NO_TABLE, NOT_IN_TRANSACTION, CATALOG_RACE, NO_DATABASE, STATEMENT ->
            new ReferenceResult.Partly(0, SqlState.message(e));
      };
    }
  }

  private ReferenceResult asked(StoreReference reference, StoreId from, StoreId shared)
      throws SQLException {
    String type = type(from, reference.table(), reference.column());
    if (type.isEmpty()) {
      return new ReferenceResult.Nothing(
          from + " has no " + reference.table() + "." + reference.column());
    }
    String key = type(shared, reference.sharedTable(), reference.sharedColumn());
    if (key.isEmpty()) {
      // The values that there are refer to nothing at all.
      return new ReferenceResult.Whole(
          count(from.database(), "SELECT count(*) FROM (" + distinct(reference, from) + ") d"));
    }
    return from.database().equals(shared.database())
        ? new ReferenceResult.Whole(together(reference, from, shared))
        : apart(reference, from, shared, key);
  }

  /// The type of a column as SQL; empty if there is no such column.
  private String type(StoreId store, String table, String column) throws SQLException {
    String sql =
        """
        SELECT format_type(a.atttypid, a.atttypmod) FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = to_regclass(?) AND a.attname = ? AND NOT a.attisdropped
        """;
    try (PreparedStatement statement = connection(store.database()).prepareStatement(sql)) {
      statement.setString(1, name(store, table));
      statement.setString(2, column);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : "";
      }
    }
  }

  private static String name(StoreId store, String table) {
    return Identifier.quote(store.schema()) + "." + Identifier.quote(table);
  }

  private long together(StoreReference reference, StoreId from, StoreId shared)
      throws SQLException {
    return count(
        from.database(),
        "SELECT count(*) FROM (%s) d WHERE NOT EXISTS (SELECT FROM %s k WHERE k.%s = d.value)"
            .formatted(
                distinct(reference, from),
                name(shared, reference.sharedTable()),
                Identifier.quote(reference.sharedColumn())));
  }

  private static String distinct(StoreReference reference, StoreId from) {
    return "SELECT DISTINCT r.%1$s AS value FROM %2$s r WHERE r.%1$s IS NOT NULL"
        .formatted(Identifier.quote(reference.column()), name(from, reference.table()));
  }

  private long count(DatabaseId database, String sql) throws SQLException {
    try (Statement statement = bounded(database);
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private ReferenceResult apart(
      StoreReference reference, StoreId from, StoreId shared, String keyType) throws SQLException {
    long missing = 0;
    long seen = 0;
    List<String> values = batch(reference, from, List.of());
    while (!values.isEmpty()) {
      missing += missing(reference, shared, keyType, values);
      seen += values.size();
      if (values.size() < limits.batch()) {
        break;
      }
      if (seen >= limits.values()) {
        return new ReferenceResult.Partly(missing, "the first %,d values".formatted(seen));
      }
      if (left() <= 0) {
        return new ReferenceResult.Partly(missing, LATE);
      }
      values = batch(reference, from, List.of(values.getLast()));
    }
    return new ReferenceResult.Whole(missing);
  }

  /// The next distinct values as texts, in their order.
  ///
  /// @param after the last one before, if there was one
  private List<String> batch(StoreReference reference, StoreId from, List<String> after)
      throws SQLException {
    String column = Identifier.quote(reference.column());
    String type = type(from, reference.table(), reference.column());
    String sql =
        "SELECT DISTINCT %1$s, %1$s::text FROM %2$s WHERE %1$s IS NOT NULL%3$s ORDER BY 1 LIMIT %4$d"
            .formatted(
                column,
                name(from, reference.table()),
                after.isEmpty() ? "" : " AND " + column + " > ?::text::" + type,
                limits.batch());
    try (Statement _ = bounded(from.database());
        PreparedStatement statement = connection(from.database()).prepareStatement(sql)) {
      if (!after.isEmpty()) {
        statement.setString(1, after.getFirst());
      }
      List<String> values = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          values.add(rows.getString(2));
        }
      }
      return values;
    }
  }

  private long missing(
      StoreReference reference, StoreId shared, String keyType, List<String> values)
      throws SQLException {
    String sql =
        """
        SELECT count(*) FROM unnest(?::text[]) AS d(value)
        WHERE NOT EXISTS (SELECT FROM %s k WHERE k.%s = d.value::%s)
        """
            .formatted(
                name(shared, reference.sharedTable()),
                Identifier.quote(reference.sharedColumn()),
                keyType);
    try (Statement _ = bounded(shared.database());
        PreparedStatement statement = connection(shared.database()).prepareStatement(sql)) {
      statement.setArray(1, connection(shared.database()).createArrayOf("text", values.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  private long left() {
    return (end - nanos.getAsLong()) / 1_000_000;
  }

  private Statement bounded(DatabaseId database) throws SQLException {
    Statement statement = connection(database).createStatement();
    statement.execute("SET statement_timeout TO " + Math.max(1, left()));
    return statement;
  }

  private Connection connection(DatabaseId database) throws SQLException {
    Connection open = connections.get(database);
    if (open != null) {
      return open;
    }
    if (connections.size() >= CONNECTIONS) {
      var eldest = connections.entrySet().iterator().next();
      connections.remove(eldest.getKey());
      eldest.getValue().close();
    }
    DatabaseAccess access = directory.access(database);
    Connection connection = Connector.open(access.address(), access.admin(), SILENCE);
    connections.put(database, connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET default_transaction_read_only TO on; SET lock_timeout TO '500ms'; SET row_security"
              + " TO off");
    }
    return connection;
  }

  /// Closes all connections.
  @Override
  public void close() {
    for (Connection connection : connections.values()) {
      try {
        connection.close();
      } catch (SQLException e) {
        System.getLogger(ReferenceCheck.class.getName())
            .log(System.Logger.Level.DEBUG, "a connection was broken already", e);
      }
    }
    connections.clear();
  }
}
