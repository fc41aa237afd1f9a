package tranche.postgres.fanout;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tranche.core.fleet.StoreId;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledStatement;
import tranche.postgres.database.SqlState;
import tranche.postgres.fanout.ScriptText.Source;
import tranche.postgres.fanout.StoreChangeProblem.HalfwayDiffers;
import tranche.postgres.fanout.StoreChangeProblem.StatementFailed;

/// Runs a migration statement by statement, so that it can be taken up where it stopped.
///
/// The row in `tranche.progress` is written before the first statement and counts those that are
/// done. A statement that may run in a transaction commits together with its count: it runs exactly
/// once. One that may not is counted afterwards; if the count is missing, what it should have left
/// tells whether it ran.
final class StatementRun {
  private final StoreWork work;
  private final StoreChange change;
  private final StoreMessages messages;
  private final TransactionRunner runner;
  private final OutsideRun outside;

  StatementRun(
      StoreWork work,
      StoreChange change,
      StoreMessages messages,
      TransactionRunner runner,
      Waits waits) {
    this.work = work;
    this.change = change;
    this.messages = messages;
    this.runner = runner;
    this.outside = new OutsideRun(work, change.store(), messages, runner, waits);
  }

  /// Runs it to its end.
  ///
  /// @param leaving what records it in the histories
  Ending run(
      CompiledMigration migration, PreparedMigration text, String leaving, AppliedMigration row) {
    try {
      Ending ending = statements(migration, text);
      if (ending instanceof Ending.Committed) {
        ending = finish(migration, leaving, row);
      } else if (ending instanceof Ending.Failed) {
        noteForeign(migration);
      }
      return ending;
    } finally {
      outside.release();
      work.link().discard();
    }
  }

  private Ending statements(CompiledMigration migration, PreparedMigration text) {
    String at = ApplyRun.at(migration);
    String key = migration.key().text();
    Source source = text.statements();
    int total = source.statements().size();
    Ending begun = begin(migration, total);
    if (!(begun instanceof Ending.Committed committed)) {
      return begun;
    }
    long done = committed.number();
    if (done < 0) {
      return new Ending.Failed(differs(migration));
    }
    for (int i = (int) done; i < total; i++) {
      Source single = new Source(source.file(), List.of(source.statements().get(i)));
      boolean mayHaveRun = i == done && (done > 0 || change.before().halfway().isPresent());
      Ending ending = one(at, key, single, i, mayHaveRun);
      if (!(ending instanceof Ending.Committed)) {
        return ending;
      }
    }
    return new Ending.Committed(null);
  }

  private Ending begin(CompiledMigration migration, int total) {
    String key = migration.key().text();
    return runner.run(
        transaction(
            ApplyRun.at(migration),
            "*",
            ScriptText.empty(),
            messages.beginScript(key, migration.source().up().sha256(), total),
            Optional.empty()));
  }

  private Transaction transaction(
      String at,
      String progress,
      ScriptText script,
      String leaving,
      Optional<Supplier<String>> proof) {
    return new Transaction(at, change.fingerprint(), progress, List.of(), script, leaving, proof);
  }

  private Ending one(String at, String key, Source single, int index, boolean mayHaveRun) {
    CompiledStatement statement = single.statements().getFirst();
    boolean isInside = statement.effect().canRunInTransaction();
    if (!isInside) {
      Ending ending = outside.run(at, single, mayHaveRun);
      if (!(ending instanceof Ending.Committed)) {
        return ending;
      }
    }
    ScriptText script = isInside ? ScriptText.of(List.of(single)) : ScriptText.empty();
    String proof = messages.proofOfAdvance(key, index + 1);
    return runner.run(
        transaction(at, key, script, messages.advance(index + 1), Optional.of(() -> proof)));
  }

  private Ending finish(CompiledMigration migration, String leaving, AppliedMigration row) {
    String key = row.key().text();
    return runner.run(
        transaction(
            ApplyRun.at(migration),
            key,
            ScriptText.empty(),
            messages.endScript() + leaving,
            Optional.of(() -> messages.proof(key, change.fingerprintWith(row)))));
  }

  private void noteForeign(CompiledMigration migration) {
    StoreId store = change.store();
    List<String> statements =
        work.foreign(change.before().kind())
            .map(f -> f.failed(store, migration.in(work.placeholders(store))))
            .orElse(List.of());
    if (!statements.isEmpty() && work.link().session().isOpen()) {
      // The outcome is the failure that is already known; this only tells the other tool.
      Ending _ =
          runner.run(
              transaction(
                  ApplyRun.at(migration),
                  "*",
                  ScriptText.empty(),
                  StoreMessages.joined(statements) + messages.leaveAsIs(),
                  Optional.empty()));
    }
  }

  private tranche.core.problem.Problem differs(CompiledMigration migration) {
    try {
      List<Session.Row> rows = work.link().session().rows(messages.halfway());
      String found =
          rows.isEmpty()
              ? "another script"
              : "migration %s (%s of %s statements, checksum %s)"
                  .formatted(
                      rows.getFirst().text(0),
                      rows.getFirst().text(1),
                      rows.getFirst().text(2),
                      brief(rows.getFirst().text(3)));
      String wanted =
          "%s (checksum %s)"
              .formatted(ApplyRun.at(migration), brief(migration.source().up().sha256()));
      return new HalfwayDiffers(change.store(), found, wanted);
    } catch (SQLException e) {
      return new StatementFailed(change.store(), ApplyRun.at(migration), SqlState.message(e));
    }
  }

  private static String brief(String checksum) {
    return checksum.substring(0, Math.min(12, checksum.length()));
  }
}
