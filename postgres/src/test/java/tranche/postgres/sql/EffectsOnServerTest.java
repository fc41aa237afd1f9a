package tranche.postgres.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledStatement;
import tranche.core.migration.Expectation;
import tranche.core.migration.FolderFormat;
import tranche.core.migration.LockLevel;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.SqlScript;
import tranche.core.migration.StatementEffect.Loss;
import tranche.core.migration.StatementEffect.Work;
import tranche.core.migration.TransactionMode;
import tranche.core.migration.Undo;
import tranche.core.release.SchemaVersion;
import tranche.postgres.testing.PostgresForTests;
import tranche.sql.compile.Compiler;
import tranche.sql.parse.PgGrammar;

/// The proof of what `tranche.sql` says of statements: each script of `statements.txt` runs on a
/// real server, and its locks, its rewriting and reading of tables, its expectations and its undo
/// are compared with what was said. A comment says where the worst case was said and is not this
/// one, and where the statement changes nothing, which an undo does not expect.
class EffectsOnServerTest {
  private static final String IN_TRANSACTION = "25001";
  private static final Compiler COMPILER = new Compiler(PgGrammar.load());
  private static final String DATABASE = PostgresForTests.freshName("effects");

  // Once for all: every test leaves the structure as it found it.
  private static Connection connection = connect("postgres");
  private static String structure = "";

  @BeforeAll
  static void make_the_tables() throws SQLException {
    run("CREATE DATABASE " + DATABASE);
    connection.close();
    connection = connect(DATABASE);
    connection.setAutoCommit(true);
    run(text("before.sql"));
    structure = structure();
  }

  @AfterAll
  static void leave() throws SQLException {
    connection.close();
  }

  private static Connection connect(String database) {
    var address = PostgresForTests.address();
    try {
      return DriverManager.getConnection(
          address.jdbcUrl(database) + "?preferQueryMode=simple",
          address.user(),
          address.password().reveal());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(String resource) {
    try (InputStream in = EffectsOnServerTest.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<String> scripts() {
    return text("statements.txt").lines();
  }

  private static void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return String.valueOf(row.getString(1));
    }
  }

  private static String structure() throws SQLException {
    return ask(text("structure.sql"));
  }

  private static CompiledMigration compiled(String script) {
    var source =
        new SourceMigration(
            MigrationKind.VERSIONED,
            new MigrationKey.Version(new SchemaVersion("1")),
            "a change",
            new SqlScript("V1__a_change.sql", script, "00", 0),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            TransactionMode.BY_STATEMENTS,
            List.of());
    var set = new MigrationSet("db", FolderFormat.FLYWAY, List.of(source), List.of());
    return COMPILER.compile(set).migrations().getFirst();
  }

  @Test
  void there_are_enough_statements() {
    assertThat(scripts()).hasSizeGreaterThan(120).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void the_server_does_what_was_said(String script) throws SQLException {
    CompiledMigration migration = compiled(script);
    run("SET search_path = store");
    run("BEGIN");
    try {
      if (migration.isTransactional()) {
        inTransaction(migration, script);
      } else {
        assertThat(refusal(migration)).as("in a transaction").isEqualTo(IN_TRANSACTION);
      }
    } finally {
      run("ROLLBACK");
    }
    if (!migration.isTransactional() && !script.contains("-- only in a transaction")) {
      outsideOfTransaction(migration);
    }
  }

  private static String refusal(CompiledMigration migration) {
    var thrown = catchThrowableOfType(SQLException.class, () -> runAll(migration));
    assertThat((Throwable) thrown).as("it was not refused").isNotNull();
    return String.valueOf(thrown.getSQLState());
  }

  private static void runAll(CompiledMigration migration) throws SQLException {
    for (CompiledStatement statement : migration.statements()) {
      run(statement.sql());
    }
  }

  private static void inTransaction(CompiledMigration migration, String script)
      throws SQLException {
    boolean isNoChange = script.contains("-- no change");
    boolean isWorse = script.contains("-- worst") || isNoChange;
    Observation before = Observation.of(connection);
    runAll(migration);
    LockLevel lock = before.strongestLock(connection);
    Observation after = Observation.of(connection);
    List<Problem> problems = new ArrayList<>();
    compareLock(migration, lock, isWorse, problems);
    compareWork(migration, before, after, isWorse, problems);
    assertThat(problems).isEmpty();
    checkExpectations(migration);
    if (!isNoChange) {
      checkUndo(migration);
    }
  }

  private record Problem(String what) {}

  private static void compareLock(
      CompiledMigration migration, LockLevel real, boolean isWorse, List<Problem> problems) {
    LockLevel said =
        migration.statements().stream()
            .map(s -> s.effect().lock())
            .max(Comparator.naturalOrder())
            .orElse(LockLevel.NONE);
    if (isWorse ? said.compareTo(real) < 0 : said != real) {
      problems.add(new Problem("lock: said " + said + ", really " + real));
    }
  }

  private static void compareWork(
      CompiledMigration migration,
      Observation before,
      Observation after,
      boolean isWorse,
      List<Problem> problems) {
    Set<Work> said = EnumSet.noneOf(Work.class);
    migration.statements().forEach(s -> said.add(s.effect().work()));
    boolean mayRead = said.contains(Work.ROWS) || said.contains(Work.UNKNOWN);
    boolean isQuery = migration.statements().getFirst().effect().summary().startsWith("query");
    boolean isEmptied =
        migration.statements().stream().anyMatch(s -> s.effect().summary().startsWith("truncate"));
    boolean isRewritten = before.wasWrittenAnew(after) && !isEmptied;
    if (isRewritten != said.contains(Work.REWRITE) && !isWorse && !said.contains(Work.UNKNOWN)) {
      problems.add(new Problem("said " + said + ", written anew: " + isRewritten));
    }
    boolean isRead = before.wasRead(after) && !isRewritten && !isEmptied;
    if (isRead != said.contains(Work.SCAN) && !isWorse && !mayRead && !isQuery) {
      problems.add(new Problem("said " + said + ", read: " + isRead));
    }
  }

  private static void checkExpectations(CompiledMigration migration) throws SQLException {
    for (Expectation expectation : migration.expectations()) {
      assertThat(ask("SELECT " + condition(expectation))).as("%s", expectation).isEqualTo("t");
    }
  }

  private static String condition(Expectation expectation) {
    return switch (expectation) {
      case Expectation.RelationThere(String name) ->
          "to_regclass('store.%s') IS NOT NULL".formatted(name);
      case Expectation.RelationIs(String name, _) ->
          "to_regclass('store.%s') IS NOT NULL".formatted(name);
      case Expectation.RelationGone(String name) ->
          "to_regclass('store.%s') IS NULL".formatted(name);
      case Expectation.ColumnThere(String table, String column) -> column(table, column);
      case Expectation.ColumnIs(String table, String column, _) -> column(table, column);
      case Expectation.ColumnGone(String table, String column) -> "NOT " + column(table, column);
      case Expectation.IndexValid(String name) -> valid(name);
      case Expectation.IndexIs(String name, _) -> valid(name);
      case Expectation.IndexOn(var shape) ->
          "EXISTS (SELECT FROM pg_index WHERE indrelid = 'store.%s'::regclass AND indisvalid)"
              .formatted(shape.table());
      case Expectation.ConstraintThere(String table, String constraint) ->
          "EXISTS (SELECT FROM pg_constraint WHERE conrelid = 'store.%s'::regclass AND conname = '%s')"
              .formatted(table, constraint);
    };
  }

  private static String valid(String index) {
    return "(SELECT indisvalid AND indisready FROM pg_index WHERE indexrelid = 'store.%s'::regclass)"
        .formatted(index);
  }

  private static String column(String table, String column) {
    return """
    EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('store.%s')
      AND attname = '%s' AND NOT attisdropped)\
    """
        .formatted(table, column);
  }

  private static void checkUndo(CompiledMigration migration) throws SQLException {
    if (migration.undo() instanceof Undo.Unknown) {
      return;
    }
    if (migration.undo() instanceof Undo.Statements undo) {
      for (String sql : undo.sql()) {
        run(sql);
      }
    }
    assertSameStructure();
    boolean losesRows =
        migration.statements().stream().anyMatch(s -> s.effect().loss() == Loss.DATA);
    assertThat(losesRows).as("undone, and still has lost something").isFalse();
  }

  private static void assertSameStructure() throws SQLException {
    Set<String> before = structure.lines().collect(Collectors.toSet());
    Set<String> after = structure().lines().collect(Collectors.toSet());
    assertThat(after.stream().filter(line -> !before.contains(line))).as("is new").isEmpty();
    assertThat(before.stream().filter(line -> !after.contains(line))).as("is gone").isEmpty();
  }

  private static void outsideOfTransaction(CompiledMigration migration) throws SQLException {
    Observation before = Observation.of(connection);
    runAll(migration);
    boolean isRewritten = before.wasWrittenAnew(Observation.of(connection));
    checkExpectations(migration);
    if (migration.undo() instanceof Undo.Unknown) {
      repair();
    } else {
      checkUndo(migration);
    }
    boolean isSaid =
        migration.statements().stream().anyMatch(s -> s.effect().work() == Work.REWRITE);
    assertThat(isRewritten || isSaid)
        .as("written anew: %s, said: %s", isRewritten, isSaid)
        .isEqualTo(isSaid);
  }

  private static void repair() throws SQLException {
    run("DROP SCHEMA store CASCADE");
    run("DROP SCHEMA other CASCADE");
    run("DROP PUBLICATION IF EXISTS feed");
    run(text("before.sql"));
    structure = structure();
  }
}
