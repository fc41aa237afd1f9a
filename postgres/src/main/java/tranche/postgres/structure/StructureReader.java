package tranche.postgres.structure;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import tranche.core.structure.ObjectKey;
import tranche.core.structure.ObjectKind;
import tranche.core.structure.Structure;
import tranche.core.structure.StructureFingerprint;

/// Reads the structure of schemas from the catalog of their database, on PostgreSQL 15 to 18.
///
/// Many schemas are read in chunks, each in one statement and one transaction: every view that is
/// written out keeps an ACCESS SHARE lock on what it reads until its transaction ends. Where a
/// transaction is open on the connection, all is read inside it. The role needs USAGE on each
/// schema: without it PostgreSQL writes other definitions.
public final class StructureReader {
  /// How many schemas one statement reads.
  public static final int CHUNK = 200;

  private static final String READ =
      """
      SELECT s.nspname, has_schema_privilege(s.oid, 'USAGE'), f.kind, f.name, f.definition
      FROM store s
      LEFT JOIN found f ON f.nsp = s.oid AND f.kind <> ALL (?)
      """;

  private static final String FINGERPRINTS =
      """
      SELECT s.nspname, has_schema_privilege(s.oid, 'USAGE'),
        encode(sha256(coalesce(string_agg(f.digest, ''::bytea ORDER BY f.digest), ''::bytea)), 'hex')
      FROM store s
      LEFT JOIN (
        SELECT nsp, sha256(convert_to(kind || U&'\\001F' || name || U&'\\001F' || definition, 'UTF8')) AS digest
        FROM found
        WHERE kind <> ALL (?)
        OFFSET 0
      ) f ON f.nsp = s.oid
      GROUP BY s.nspname, s.oid
      """;

  private final StructureScope scope;
  private final String read;
  private final String fingerprints;

  /// Reads what the scope holds.
  public StructureReader(StructureScope scope) {
    this.scope = scope;
    this.read = CatalogSql.load("objects.sql", this::isWanted) + READ;
    this.fingerprints =
        CatalogSql.load("objects.sql", section -> isWanted(section) && !section.equals("order"))
            + FINGERPRINTS;
  }

  private boolean isWanted(String section) {
    return switch (section) {
      case "comments" -> scope.holds(ObjectKind.COMMENT);
      case "owners" -> scope.holds(ObjectKind.OWNER);
      case "grants" -> scope.holds(ObjectKind.GRANT);
      default -> true;
    };
  }

  /// What the structure consists of.
  public StructureScope scope() {
    return scope;
  }

  /// The structure of one schema.
  ///
  /// @throws tranche.core.problem.ProblemException with [StructureProblem.SchemaMissing] or
  ///   [StructureProblem.SchemaNotReadable]
  /// @throws SQLException if the server cannot be asked
  public Structure read(Connection connection, String schema) throws SQLException {
    Structure structure = read(connection, List.of(schema)).get(schema);
    if (structure == null) {
      throw new StructureProblem.SchemaMissing(schema).exception();
    }
    return structure;
  }

  /// The structures of those schemas that exist. All are held in memory; [#stream] holds a chunk.
  ///
  /// @throws tranche.core.problem.ProblemException with [StructureProblem.SchemaNotReadable]
  /// @throws SQLException if the server cannot be asked
  public Map<String, Structure> read(Connection connection, List<String> schemas)
      throws SQLException {
    Map<String, Structure> found = new LinkedHashMap<>();
    stream(connection, schemas, found::put);
    return found;
  }

  /// Hands on the structure of each schema that exists, chunk by chunk.
  ///
  /// @throws tranche.core.problem.ProblemException with [StructureProblem.SchemaNotReadable]
  /// @throws SQLException if the server cannot be asked
  public void stream(
      Connection connection, List<String> schemas, BiConsumer<String, Structure> consumer)
      throws SQLException {
    for (List<String> chunk : chunks(schemas)) {
      Map<String, Parts> parts = CatalogReading.run(connection, c -> ask(c, chunk, this::parts));
      parts.forEach((schema, its) -> consumer.accept(schema, its.structure()));
    }
  }

  /// The fingerprints of those schemas that exist, computed by the server: equal to
  /// [Structure#fingerprint()] of what [#read] gives, and cheaper.
  ///
  /// @throws tranche.core.problem.ProblemException with [StructureProblem.SchemaNotReadable]
  /// @throws SQLException if the server cannot be asked
  public Map<String, StructureFingerprint> fingerprints(Connection connection, List<String> schemas)
      throws SQLException {
    Map<String, StructureFingerprint> found = new LinkedHashMap<>();
    for (List<String> chunk : chunks(schemas)) {
      found.putAll(CatalogReading.run(connection, c -> askFingerprints(c, chunk)));
    }
    return found;
  }

  private static List<List<String>> chunks(List<String> schemas) {
    List<String> distinct = schemas.stream().distinct().toList();
    return java.util.stream.IntStream.iterate(0, at -> at < distinct.size(), at -> at + CHUNK)
        .mapToObj(at -> distinct.subList(at, Math.min(at + CHUNK, distinct.size())))
        .toList();
  }

  @FunctionalInterface
  private interface Rows<T> {
    T read(ResultSet rows) throws SQLException;
  }

  private <T> T ask(Connection connection, List<String> schemas, Rows<T> rows) throws SQLException {
    return ask(connection, read, schemas, rows);
  }

  private Map<String, StructureFingerprint> askFingerprints(
      Connection connection, List<String> schemas) throws SQLException {
    return ask(
        connection,
        fingerprints,
        schemas,
        rows -> {
          Map<String, StructureFingerprint> found = new HashMap<>();
          while (rows.next()) {
            requireReadable(rows);
            found.put(rows.getString(1), new StructureFingerprint(rows.getString(3)));
          }
          return found;
        });
  }

  private <T> T ask(Connection connection, String sql, List<String> schemas, Rows<T> rows)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("text", schemas.toArray()));
      statement.setArray(2, connection.createArrayOf("text", scope.leftOutTables().toArray()));
      Object[] kinds = scope.leftOutKinds().stream().map(ObjectKind::word).toArray();
      statement.setArray(3, connection.createArrayOf("text", kinds));
      try (ResultSet found = statement.executeQuery()) {
        return rows.read(found);
      }
    }
  }

  private static void requireReadable(ResultSet row) throws SQLException {
    if (!row.getBoolean(2)) {
      throw new StructureProblem.SchemaNotReadable(row.getString(1)).exception();
    }
  }

  private record Parts(Map<ObjectKey, String> objects, Map<String, String> orders) {
    Structure structure() {
      return new Structure(objects, orders);
    }
  }

  private Map<String, Parts> parts(ResultSet rows) throws SQLException {
    Map<String, Parts> found = new LinkedHashMap<>();
    while (rows.next()) {
      requireReadable(rows);
      Parts parts =
          found.computeIfAbsent(
              rows.getString(1), _ -> new Parts(new HashMap<>(), new HashMap<>()));
      String kind = rows.getString(3);
      if (kind == null) {
        continue;
      }
      if (kind.equals("order")) {
        parts.orders().put(rows.getString(4), rows.getString(5));
      } else {
        parts.objects().put(key(kind, rows.getString(4)), rows.getString(5));
      }
    }
    return found;
  }

  private static ObjectKey key(String kind, String name) {
    return new ObjectKey(
        ObjectKind.of(kind).orElseThrow(() -> new IllegalStateException("kind " + kind)), name);
  }
}
