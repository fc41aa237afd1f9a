package tranche.postgres.structure;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tranche.core.structure.ObjectKind;
import tranche.core.structure.Structure;
import tranche.core.structure.StructureDiff;
import tranche.postgres.database.SqlState;

/// A schema of our own in the database of the stores, empty or with the structure of one of them,
/// to try changes on. Closing drops it.
///
/// A copy has no rows, owners and grants; sequences start anew and materialized views are not
/// filled. Only its source's catalog entries are read. What both it and its source refer to outside
/// of the schema is locked once, each time for a moment and never waited for longer than
/// [#LOCK_TIMEOUT]: a foreign key into a shared table needs SHARE ROW EXCLUSIVE there while it is
/// made and ACCESS EXCLUSIVE while it is dropped.
///
/// Each schema carries a comment with its time and owner. A process that was killed leaves its
/// schema behind; [Leftovers] finds and drops it.
public final class ScratchCopy implements AutoCloseable {
  /// What the name of every scratch schema starts with.
  public static final String PREFIX = "tranche_scratch_";

  /// How long any statement waits for a lock.
  public static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

  /// What is compared between a copy and its source.
  public static final StructureScope SCOPE =
      StructureScope.COMPLETE.without(ObjectKind.OWNER, ObjectKind.GRANT);

  private static final int TRIES = 5;
  private static final int STATEMENTS_PER_TRANSACTION = 400;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Connection connection;
  private final String schema;
  private final List<CopyGap> gaps = new ArrayList<>();

  private ScratchCopy(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /// Makes a scratch schema with nothing in it.
  ///
  /// @param connection one that is in no transaction; it is used until the copy is closed
  /// @param owner who makes it, for whoever finds it: a host and process, for example
  /// @throws tranche.core.problem.ProblemException with [StructureProblem.ScratchNotCreated]
  /// @throws SQLException if the server cannot be asked
  public static ScratchCopy empty(Connection connection, String owner) throws SQLException {
    byte[] random = new byte[8];
    RANDOM.nextBytes(random);
    String schema = PREFIX + HexFormat.of().formatHex(random);
    try {
      Leftovers.create(connection, schema, owner);
    } catch (SQLException e) {
      throw new StructureProblem.ScratchNotCreated(SqlState.message(e)).exception();
    }
    return new ScratchCopy(connection, schema);
  }

  /// Makes a scratch schema with the structure of that schema. What could not be copied, and every
  /// difference that reading both then shows, is in [#gaps()].
  ///
  /// @param connection one that is in no transaction; it is used until the copy is closed
  /// @param source the schema to copy
  /// @param owner who makes it, for whoever finds it: a host and process, for example
  /// @throws tranche.core.problem.ProblemException with [StructureProblem.SchemaMissing],
  ///   [StructureProblem.SchemaNotReadable] or [StructureProblem.ScratchNotCreated]
  /// @throws SQLException if the server cannot be asked
  public static ScratchCopy of(Connection connection, String source, String owner)
      throws SQLException {
    ScratchCopy copy = empty(connection, owner);
    try {
      copy.fill(source);
      copy.compare(source);
      return copy;
    } catch (SQLException | RuntimeException e) {
      try (copy) {
        throw e;
      }
    }
  }

  /// The name of the schema.
  public String schema() {
    return schema;
  }

  /// In what the copy is not as its source.
  public List<CopyGap> gaps() {
    return List.copyOf(gaps);
  }

  /// What the copy consists of now.
  ///
  /// @throws SQLException if the server cannot be asked
  public Structure structure() throws SQLException {
    return new StructureReader(SCOPE).read(connection, schema);
  }

  Connection connection() {
    return connection;
  }

  private void fill(String source) throws SQLException {
    CopyPlan plan = CopyPlan.of(connection, source, schema, _ -> false);
    List<CopyStatement> block = new ArrayList<>();
    for (CopyStatement statement : plan.statements()) {
      if (statement.mark() == CopyStatement.Mark.NAMES_ITS_SCHEMA) {
        gaps.add(new CopyGap.NamesItsSchema(statement.object()));
      }
      boolean reachesOut = statement.reach() == CopyStatement.Reach.OUTSIDE;
      if (reachesOut || block.size() == STATEMENTS_PER_TRANSACTION) {
        flush(block);
      }
      block.add(statement);
      // What locks a table of the application does so in a transaction of its own, a short one.
      if (reachesOut) {
        flush(block);
      }
    }
    flush(block);
  }

  private void flush(List<CopyStatement> block) throws SQLException {
    if (!block.isEmpty()) {
      create(List.copyOf(block));
      block.clear();
    }
  }

  private void create(List<CopyStatement> statements) throws SQLException {
    SQLException last = null;
    for (int i = 0; i < TRIES && (last == null || SqlState.of(last) == SqlState.LOCK); i++) {
      try {
        int _ =
            OwnTransaction.run(
                connection,
                c -> {
                  CopyRun.enter(c, schema, LOCK_TIMEOUT);
                  CopyRun.all(c, statements);
                  return statements.size();
                });
        return;
      } catch (SQLException e) {
        last = e;
      }
    }
    gaps.addAll(
        OwnTransaction.run(
            connection,
            c -> {
              CopyRun.enter(c, schema, LOCK_TIMEOUT);
              return CopyRun.each(c, statements).stream().map(CopyRun.Refused::gap).toList();
            }));
  }

  private void compare(String source) throws SQLException {
    Map<String, Structure> both =
        new StructureReader(SCOPE).read(connection, List.of(source, schema));
    Structure wanted = both.get(source);
    if (wanted == null) {
      throw new StructureProblem.SchemaMissing(source).exception();
    }
    StructureDiff.between(wanted, both.getOrDefault(schema, Structure.EMPTY))
        .changes()
        .forEach(change -> gaps.add(new CopyGap.Differs(change)));
  }

  /// Drops the schema. A transaction that is open on the connection is rolled back first.
  ///
  /// @throws tranche.core.problem.ProblemException with [StructureProblem.ScratchNotDropped]; the
  ///   schema then is a leftover
  @Override
  public void close() {
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
      Leftovers.drop(connection, schema);
    } catch (SQLException e) {
      throw new StructureProblem.ScratchNotDropped(schema, SqlState.message(e)).exception();
    }
  }
}
