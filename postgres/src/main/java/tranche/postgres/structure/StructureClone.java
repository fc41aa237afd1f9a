package tranche.postgres.structure;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tranche.core.structure.ObjectKey;
import tranche.core.structure.ObjectKind;
import tranche.core.structure.Structure;
import tranche.core.structure.StructureDiff;
import tranche.postgres.database.Identifier;
import tranche.postgres.database.SqlState;

/// Makes the schema of a new tenant from one that serves as template.
///
/// All happens in one transaction, in one snapshot of the template: the new schema with its
/// objects, grants and owners, the rows of the tables that are asked for, and the positions of
/// their sequences. At the end both are read and compared; with any difference nothing remains.
public final class StructureClone {
  private static final StructureScope SCOPE = StructureScope.COMPLETE;
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);
  private static final int SHOWN = 5;

  private static final String TABLES =
      """
      SELECT c.relname, c.relkind = 'p', c.oid::bigint, (
        SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''), c.tableoid::bigint
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relname = ANY (?) AND c.relkind IN ('r', 'p')
      """;

  private static final String POSITIONS =
      """
      SELECT DISTINCT s.relname
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_depend d ON d.refobjid = c.oid AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
      JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S' AND s.relnamespace = c.relnamespace
      WHERE n.nspname = ? AND c.relname = ANY (?)
      """;

  private static final String FILLED =
      """
      SELECT quote_ident(c.relname) FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relkind = 'm' AND c.relispopulated
      """;

  private final Connection connection;
  private final String source;
  private final String target;

  /// What was made.
  ///
  /// @param structure what the new schema consists of
  /// @param notes functions that name the template's schema in their text: the name was replaced
  ///   where it qualifies another name, and they should be looked at
  public record Cloned(Structure structure, List<CopyGap> notes) {
    /// Copies the list.
    public Cloned {
      notes = List.copyOf(notes);
    }
  }

  private StructureClone(Connection connection, String source, String target) {
    this.connection = connection;
    this.source = source;
    this.target = target;
  }

  /// Makes a new schema with the structure of another and no rows.
  ///
  /// @param connection one that is in no transaction, with rights to create all that the template
  ///   has and to see all rows that are copied
  /// @throws tranche.core.problem.ProblemException with [StructureProblem.SchemaMissing],
  ///   [StructureProblem.CloneTargetExists] or [StructureProblem.CloneIncomplete]
  /// @throws SQLException if the server cannot be asked
  public static Cloned into(Connection connection, String source, String target)
      throws SQLException {
    return into(connection, source, target, Set.of());
  }

  /// Makes a new schema with the structure of another and the rows of these tables.
  ///
  /// @param connection one that is in no transaction, with rights to create all that the template
  ///   has and to see all rows that are copied
  /// @param withRows names of tables of the template whose rows are copied, not quoted
  /// @throws tranche.core.problem.ProblemException with [StructureProblem.SchemaMissing],
  ///   [StructureProblem.CloneTargetExists] or [StructureProblem.CloneIncomplete]
  /// @throws SQLException if the server cannot be asked
  public static Cloned into(
      Connection connection, String source, String target, Set<String> withRows)
      throws SQLException {
    var clone = new StructureClone(connection, source, target);
    return OwnTransaction.run(connection, _ -> clone.make(withRows));
  }

  private Cloned make(Set<String> withRows) throws SQLException {
    execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    CopyPlan plan = CopyPlan.of(connection, source, target, _ -> true);
    List<CopyStatement> statements = new ArrayList<>(withRows(plan.statements(), withRows));
    createSchema();
    CopyRun.enter(connection, target, LOCK_TIMEOUT);
    run(statements);
    Map<String, Structure> both =
        new StructureReader(SCOPE).read(connection, List.of(source, target));
    Structure wanted = both.get(source);
    Structure made = both.get(target);
    if (wanted == null || made == null) {
      throw new StructureProblem.SchemaMissing(source).exception();
    }
    requireEqual(wanted, made);
    return new Cloned(made, notes(statements));
  }

  private static List<CopyGap> notes(List<CopyStatement> statements) {
    return statements.stream()
        .filter(s -> s.mark() == CopyStatement.Mark.NAMES_ITS_SCHEMA)
        .<CopyGap>map(s -> new CopyGap.NamesItsSchema(s.object()))
        .toList();
  }

  private void createSchema() throws SQLException {
    try {
      execute("CREATE SCHEMA " + Identifier.quote(target));
    } catch (SQLException e) {
      throw "42P06".equals(e.getSQLState())
          ? new StructureProblem.CloneTargetExists(target).exception()
          : incomplete(SqlState.message(e));
    }
  }

  private void run(List<CopyStatement> statements) throws SQLException {
    try {
      CopyRun.all(connection, statements);
    } catch (BatchUpdateException e) {
      int ran = e.getUpdateCounts().length;
      String where = ran < statements.size() ? statements.get(ran).object() + ": " : "";
      throw incomplete(where + SqlState.message(e));
    }
  }

  private void requireEqual(Structure wanted, Structure made) {
    var diff = StructureDiff.between(wanted, made);
    if (!diff.isEmpty()) {
      throw incomplete(String.join("; ", diff.sentences(SHOWN)));
    }
  }

  private RuntimeException incomplete(String reason) {
    return new StructureProblem.CloneIncomplete(source, target, reason).exception();
  }

  /// The plan with what copies rows put right behind the tables: before indexes, constraints and
  /// triggers, so that nothing fires and each index is built once. A partitioned table gets its
  /// rows when it has its partitions.
  private List<CopyStatement> withRows(List<CopyStatement> plan, Set<String> tables)
      throws SQLException {
    List<CopyStatement> all = new ArrayList<>(plan);
    for (CopyStatement rows : rows(tables)) {
      all.add(place(all, rows), rows);
    }
    for (String sequence : names(POSITIONS, tables)) {
      all.add(
          complement(
              ObjectKind.SEQUENCE,
              Identifier.quote(sequence),
              "DO $$ BEGIN PERFORM setval(%s, last_value, is_called) FROM %s; END $$"
                  .formatted(literal(Identifier.quote(sequence)), at(sequence))));
    }
    List<String> filled = names(FILLED, Set.of());
    plan.stream()
        .filter(s -> s.object().kind() == ObjectKind.MATERIALIZED_VIEW)
        .map(s -> s.object().name())
        .filter(filled::contains)
        .forEach(view ->
            all.add(
                complement(
                    ObjectKind.MATERIALIZED_VIEW, view, "REFRESH MATERIALIZED VIEW " + view)));
    return all;
  }

  private static int place(List<CopyStatement> all, CopyStatement rows) {
    int i = 0;
    int last = -1;
    for (CopyStatement statement : all) {
      boolean isBefore =
          rows.node().equals(statement.node())
              || (rows.stage() > 50 && statement.stage() <= rows.stage());
      last = isBefore ? i : last;
      i++;
    }
    return last + 1;
  }

  private List<CopyStatement> rows(Set<String> tables) throws SQLException {
    List<CopyStatement> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
      statement.setString(1, source);
      statement.setArray(2, connection.createArrayOf("text", tables.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(rows(row));
        }
      }
    }
    if (found.size() < tables.size()) {
      throw incomplete("not all of the tables " + tables.stream().sorted().toList() + " are there");
    }
    found.sort(Comparator.comparing(CopyStatement::object));
    return found;
  }

  private CopyStatement rows(ResultSet row) throws SQLException {
    String table = row.getString(1);
    String columns = row.getString(4);
    return new CopyStatement(
        row.getBoolean(2) ? 95 : 50,
        new ObjectKey(ObjectKind.TABLE, Identifier.quote(table)),
        "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s"
            .formatted(Identifier.quote(table), columns, columns, at(table)),
        new CopyStatement.Node(row.getLong(5), row.getLong(3)),
        CopyStatement.Reach.INSIDE,
        CopyStatement.Mark.PLAIN);
  }

  private String at(String name) {
    return Identifier.quote(source, name);
  }

  private static CopyStatement complement(ObjectKind kind, String name, String sql) {
    return new CopyStatement(
        200,
        new ObjectKey(kind, name),
        sql,
        CopyStatement.Node.NONE,
        CopyStatement.Reach.INSIDE,
        CopyStatement.Mark.PLAIN);
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private List<String> names(String sql, Set<String> tables) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, source);
      if (sql.equals(POSITIONS)) {
        statement.setArray(2, connection.createArrayOf("text", tables.toArray()));
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<String> names = new ArrayList<>();
        while (rows.next()) {
          names.add(rows.getString(1));
        }
        return names;
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
