package tranche.postgres.structure;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tranche.core.structure.ObjectKey;
import tranche.core.structure.Structure;
import tranche.core.structure.StructureDiff;
import tranche.postgres.database.Identifier;
import tranche.postgres.database.SqlState;

/// A copy of a store's structure that exists only in an open transaction, and the statements that
/// run in it. The transaction is never committed.
final class RehearsalCopy {
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(200);
  private static final String NO_RIGHT = "42501";
  private static final String ENUM_VALUE_TOO_NEW = "55P04";
  private static final SecureRandom RANDOM = new SecureRandom();

  /// What cannot run in a transaction only because of this word does the same without it where
  /// nobody else is.
  private static final Pattern CONCURRENTLY =
      Pattern.compile(
          "^(\\s*(?:CREATE\\s+(?:UNIQUE\\s+)?INDEX|DROP\\s+INDEX|REINDEX\\s+(?:INDEX|TABLE))\\s+)"
              + "CONCURRENTLY\\s",
          Pattern.CASE_INSENSITIVE);

  private static final String SIZE =
      """
      SELECT count(*) FROM pg_catalog.pg_class
      WHERE relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = ?)
      """;

  private final Connection connection;
  private final StatementRunner runner;
  private final Rehearsal.Limits limits;
  private final LongSupplier nanos;
  private final long end;
  private final String schema;
  private final List<CopyGap> gaps = new ArrayList<>();
  private boolean isPartial;
  private String transaction = "";
  private @Nullable Structure made;
  private @Nullable OutsideGuard guard;

  /// How statements went.
  sealed interface Ran {
    record Well() implements Ran {}

    record Failed(StructureProblem problem) implements Ran {}

    /// Nothing can be said about them.
    record NotTried(String why) implements Ran {}
  }

  RehearsalCopy(
      Connection connection, StatementRunner runner, Rehearsal.Limits limits, LongSupplier nanos) {
    this.connection = connection;
    this.runner = runner;
    this.limits = limits;
    this.nanos = nanos;
    this.end = nanos.getAsLong() + limits.time().toNanos();
    byte[] random = new byte[8];
    RANDOM.nextBytes(random);
    this.schema = ScratchCopy.PREFIX + HexFormat.of().formatHex(random);
  }

  /// Makes the copy.
  ///
  /// @return why there is none
  Optional<String> fill(String source) throws SQLException {
    long size = size(source);
    if (size > limits.relations()) {
      return Optional.of(
          "%s has %,d tables, indexes, views and sequences, more than the %,d that are copied"
              .formatted(source, size, limits.relations()));
    }
    try {
      execute("CREATE SCHEMA " + Identifier.quote(schema));
      copy(CopyPlan.of(connection, source, schema, _ -> false));
    } catch (SQLException e) {
      if (SqlState.state(e).equals(NO_RIGHT) || SqlState.of(e) == SqlState.STATEMENT_TIMEOUT) {
        return Optional.of("no copy could be made: " + SqlState.message(e));
      }
      throw e;
    }
    compare(source);
    guard = OutsideGuard.before(connection, schema);
    transaction = transaction();
    return Optional.empty();
  }

  private long size(String source) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SIZE)) {
      statement.setString(1, source);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  private void copy(CopyPlan plan) throws SQLException {
    List<CopyStatement> inside = new ArrayList<>();
    for (CopyStatement statement : plan.statements()) {
      if (statement.mark() == CopyStatement.Mark.NAMES_ITS_SCHEMA) {
        gaps.add(new CopyGap.NamesItsSchema(statement.object()));
      }
      switch (statement.reach()) {
        case INSIDE -> inside.add(statement);
        case OUTSIDE -> gaps.add(new CopyGap.LeftOut(statement.object()));
      }
    }
    CopyRun.enter(connection, schema, LOCK_TIMEOUT);
    Savepoint before = connection.setSavepoint();
    try {
      CopyRun.all(connection, inside);
    } catch (SQLException e) {
      if (SqlState.of(e) == SqlState.CONNECTION) {
        throw e;
      }
      connection.rollback(before);
      CopyRun.each(connection, inside).forEach(refused -> gaps.add(refused.gap()));
    }
    connection.releaseSavepoint(before);
    isPartial = gaps.stream().anyMatch(gap -> !(gap instanceof CopyGap.NamesItsSchema));
  }

  private void compare(String source) throws SQLException {
    Map<String, Structure> both =
        new StructureReader(ScratchCopy.SCOPE).read(connection, List.of(source, schema));
    Structure wanted = both.get(source);
    if (wanted == null) {
      throw new StructureProblem.SchemaMissing(source).exception();
    }
    Structure found = both.getOrDefault(schema, Structure.EMPTY);
    Set<ObjectKey> told = new HashSet<>();
    gaps.forEach(gap -> {
      if (gap instanceof CopyGap.LeftOut(ObjectKey object)) {
        told.add(object);
      }
    });
    StructureDiff.between(wanted, found).changes().stream()
        .filter(change -> !told.contains(change.object()))
        .forEach(change -> gaps.add(new CopyGap.Differs(change)));
    made = found;
  }

  /// What the copy consisted of when it was made.
  Structure made() {
    return Objects.requireNonNull(made);
  }

  /// What it consists of now.
  Structure structure() throws SQLException {
    return new StructureReader(ScratchCopy.SCOPE).read(connection, schema);
  }

  /// In what the copy is not as its source.
  List<CopyGap> gaps() {
    return List.copyOf(gaps);
  }

  /// Runs statements in the copy. After anything but [Ran.Well] the transaction is of no more use.
  Ran run(String step, List<String> statements) throws SQLException {
    long left = (end - nanos.getAsLong()) / 1_000_000;
    if (left <= 0) {
      return new Ran.NotTried(late());
    }
    try {
      enter(left);
      runner.run(connection, schema, statements.stream().map(RehearsalCopy::plain).toList());
    } catch (SQLException e) {
      return failed(step, e);
    }
    return transaction().equals(transaction)
        ? new Ran.Well()
        : new Ran.Failed(new StructureProblem.StatementFailed(step, "it ends its transaction"));
  }

  /// What was changed outside of the copy, if anything was and was not taken back.
  Optional<String> outside() throws SQLException {
    return Objects.requireNonNull(guard).touched(connection);
  }

  /// Settings and roles that a migration left must not reach what follows.
  private void enter(long millis) throws SQLException {
    execute(
        """
        RESET ROLE; RESET ALL; CLOSE ALL; DISCARD TEMP; SET LOCAL client_min_messages TO error;
        SET LOCAL lock_timeout TO %d; SET LOCAL statement_timeout TO %d\
        """
            .formatted(LOCK_TIMEOUT.toMillis(), millis));
  }

  private static String plain(String sql) {
    return CONCURRENTLY.matcher(sql).replaceFirst("$1");
  }

  private Ran failed(String step, SQLException e) throws SQLException {
    String said = SqlState.message(e);
    return switch (SqlState.of(e)) {
      case CONNECTION -> throw e;
      case LOCK -> new Ran.NotTried("a lock outside of the store is taken: " + said);
      case STATEMENT_TIMEOUT -> new Ran.NotTried(late());
      case NOT_IN_TRANSACTION -> new Ran.NotTried("it cannot run in a transaction: " + said);
      case REFUSED, NO_TABLE, CATALOG_RACE, NO_DATABASE, STATEMENT ->
          SqlState.state(e).equals(ENUM_VALUE_TOO_NEW)
              ? new Ran.NotTried("a new value of an enum can be used after a commit only")
              : failed(step, said);
    };
  }

  private Ran failed(String step, String said) {
    return isPartial
        ? new Ran.NotTried("it failed on a copy that is not complete: " + said)
        : new Ran.Failed(new StructureProblem.StatementFailed(step, said));
  }

  private String late() {
    return "%d s were not enough".formatted(Math.max(1, limits.time().toSeconds()));
  }

  private String transaction() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_current_xact_id_if_assigned()")) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Ends the transaction. A script that ended it itself has left the copy behind; it is dropped.
  void takeBack() throws SQLException {
    if (connection.isClosed()) {
      return;
    }
    connection.rollback();
    connection.setAutoCommit(true);
    execute("DISCARD TEMP; RESET SESSION AUTHORIZATION; RESET ALL");
    if (!transaction.isEmpty() && isThere()) {
      execute("DROP SCHEMA IF EXISTS " + Identifier.quote(schema) + " CASCADE");
    }
  }

  private boolean isThere() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT to_regnamespace(?) IS NOT NULL")) {
      statement.setString(1, schema);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
