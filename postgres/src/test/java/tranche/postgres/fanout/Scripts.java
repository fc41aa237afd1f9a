package tranche.postgres.fanout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tranche.core.migration.Callback;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledSet.CompiledCallback;
import tranche.core.migration.CompiledStatement;
import tranche.core.migration.Expectation;
import tranche.core.migration.LockLevel;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.SqlScript;
import tranche.core.migration.StatementEffect;
import tranche.core.migration.TransactionMode;
import tranche.core.migration.Undo;
import tranche.core.release.Digest;
import tranche.core.release.SchemaPhase;
import tranche.core.release.SchemaVersion;
import tranche.sql.compile.Compiler;
import tranche.sql.parse.PgGrammar;

/// Migrations made by hand, as the compiler would make them.
final class Scripts {
  private Scripts() {}

  static StatementEffect effect(boolean canRunInTransaction, Expectation... expectations) {
    return new StatementEffect(
        "a statement",
        List.of(),
        LockLevel.ACCESS_EXCLUSIVE,
        canRunInTransaction,
        StatementEffect.Work.NONE,
        StatementEffect.Loss.NONE,
        SchemaPhase.EXPAND,
        List.of(expectations),
        new Undo.Unknown("made by hand"));
  }

  static CompiledStatement statement(String sql, int line) {
    return new CompiledStatement(sql, Optional.empty(), line, effect(true));
  }

  static CompiledStatement outside(String sql, int line, Expectation... expectations) {
    return new CompiledStatement(sql, Optional.empty(), line, effect(false, expectations));
  }

  static CompiledStatement copy(String sql, String data, int line) {
    return new CompiledStatement(sql, Optional.of(data), line, effect(true));
  }

  /// One statement per text, each on a line of its own.
  static CompiledMigration migration(String version, String... statements) {
    return of(version, lines(statements)).made();
  }

  static List<CompiledStatement> lines(String... statements) {
    List<CompiledStatement> made = new ArrayList<>();
    int line = 1;
    for (String sql : statements) {
      made.add(statement(sql, line));
      line += 1 + Math.toIntExact(sql.chars().filter(c -> c == '\n').count());
    }
    return made;
  }

  /// A file as the compiler understands it.
  static CompiledMigration compiled(String version, String sql) {
    var source =
        new SourceMigration(
            MigrationKind.VERSIONED,
            new MigrationKey.Version(new SchemaVersion(version)),
            "a file",
            new SqlScript(
                "V" + version + "__x.sql", sql, Digest.sha256().add(sql).hex(), sql.hashCode()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            TransactionMode.BY_STATEMENTS,
            List.of());
    return Understood.COMPILER.compile(source);
  }

  private static final class Understood {
    static final Compiler COMPILER = new Compiler(PgGrammar.load());
  }

  static Making of(String version, List<CompiledStatement> statements) {
    return new Making(version, statements);
  }

  static Making of(String version, CompiledStatement... statements) {
    return new Making(version, Arrays.asList(statements));
  }

  /// A migration that is being put together.
  static final class Making {
    private final String version;
    private final List<CompiledStatement> statements;
    private MigrationKind kind = MigrationKind.VERSIONED;
    private Undo undo = new Undo.Unknown("nobody wrote one");
    private List<Expectation> expectations = List.of();
    private boolean isTransactional = true;

    Making(String version, List<CompiledStatement> statements) {
      this.version = version;
      this.statements = statements;
    }

    Making kind(MigrationKind other) {
      kind = other;
      return this;
    }

    Making undo(String... sql) {
      undo = new Undo.Statements(List.of(sql), List.of("something"), true);
      return this;
    }

    Making expecting(Expectation... expected) {
      expectations = List.of(expected);
      return this;
    }

    Making statementwise() {
      isTransactional = false;
      return this;
    }

    CompiledMigration made() {
      MigrationKey key =
          kind == MigrationKind.REPEATABLE
              ? new MigrationKey.Repeatable(version)
              : new MigrationKey.Version(new SchemaVersion(version));
      String file = kind == MigrationKind.REPEATABLE ? "R__x.sql" : "V" + version + "__x.sql";
      var source =
          new SourceMigration(
              kind,
              key,
              "a change",
              script(file, statements),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              isTransactional ? TransactionMode.BY_STATEMENTS : TransactionMode.NEVER,
              List.of());
      return new CompiledMigration(
          source, SchemaPhase.EXPAND, isTransactional, statements, undo, expectations, List.of());
    }
  }

  static CompiledCallback callback(CallbackEvent event, String... statements) {
    List<CompiledStatement> made = lines(statements);
    var source =
        new Callback(
            event, script(event.flywayName() + ".sql", made), TransactionMode.BY_STATEMENTS);
    return new CompiledCallback(source, true, made);
  }

  private static SqlScript script(String file, List<CompiledStatement> statements) {
    String text = String.join(";\n", statements.stream().map(CompiledStatement::sql).toList());
    return new SqlScript(file, text, Digest.sha256().add(text).hex(), text.hashCode());
  }
}
