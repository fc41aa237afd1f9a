package tranche.postgres.fanout;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import tranche.core.fanout.KeptUndo;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fanout.StoreTask;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CompiledStatement;
import tranche.core.migration.LockLevel;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.StatementEffect;
import tranche.core.migration.Undo;
import tranche.core.problem.Problem;
import tranche.core.release.SchemaPhase;
import tranche.engine.fanout.StoreProblem.ConnectionLost;
import tranche.postgres.database.SqlState;
import tranche.postgres.fanout.ScriptText.Source;
import tranche.postgres.fanout.StoreChangeProblem.UndoNotKept;

/// Takes migrations of one store back by what its history keeps for each, every one in a
/// transaction of its own.
///
/// An index that was built concurrently is dropped inside the transaction, not concurrently: that
/// needs a short exclusive lock, bounded like every other, and leaves nothing half done.
final class RevertRun {
  private static final StatementEffect EFFECT =
      new StatementEffect(
          "undo",
          List.of(),
          LockLevel.ACCESS_EXCLUSIVE,
          true,
          StatementEffect.Work.UNKNOWN,
          StatementEffect.Loss.DATA,
          SchemaPhase.CONTRACT,
          List.of(),
          new Undo.Unknown("it is an undo itself"));

  private final StoreWork work;
  private final StoreTask.Revert task;
  private final StoreChange change;
  private final StoreMessages messages;
  private final Waits waits;
  private final TransactionRunner runner;
  private final Optional<ForeignHistoryWriter> foreign;

  RevertRun(StoreWork work, StoreId store, StoreTask.Revert task) {
    this.work = work;
    this.task = task;
    this.change = new StoreChange(store, task.before(), work.version(task.before()));
    this.foreign = work.foreign(task.before().kind());
    this.messages =
        new StoreMessages(
            work.context(), store, StoreLocks.of(store, foreign), task.before().kind());
    this.waits = work.waits();
    this.runner = new TransactionRunner(work.link(), work.context(), store, messages, waits);
  }

  StoreOutcome run() {
    List<KeptUndo> kept;
    try {
      String target = change.store().schema();
      kept = KeptUndos.read(work.link().session(), List.of(target)).getOrDefault(target, List.of());
    } catch (SQLException e) {
      var lost = new ConnectionLost(change.store().database(), SqlState.message(e));
      return new StoreOutcome.Failed(List.of(), Optional.empty(), lost, waits.timing());
    }
    for (MigrationKey key : task.migrations()) {
      Optional<KeptUndo> undo = kept.stream().filter(k -> k.key().equals(key)).findFirst();
      if (undo.isEmpty()) {
        return new StoreOutcome.Moved(change.ran());
      }
      Ending ending = undo(undo.get());
      switch (ending) {
        case Ending.Committed committed -> change.undone(key, committed.number());
        case Ending.Moved _ -> {
          return new StoreOutcome.Moved(change.ran());
        }
        case Ending.Failed(var problem) -> {
          return failed(key, problem);
        }
      }
    }
    return new StoreOutcome.Done(change.ran(), waits.timing());
  }

  private StoreOutcome failed(MigrationKey key, Problem problem) {
    if (work.link().session().isOpen()) {
      Failures.note(work.link().session(), messages, change.fingerprint(), problem);
    }
    return new StoreOutcome.Failed(change.ran(), Optional.of(key), problem, waits.timing());
  }

  private Ending undo(KeptUndo kept) {
    if (kept.isBaseline()) {
      return unknown(kept, "it is a baseline, which stands for all versions before it");
    }
    return switch (kept.undo()) {
      case Undo.Unknown(var why) -> unknown(kept, why);
      case Undo.NotNeeded _ -> undo(kept.key(), List.of());
      case Undo.Statements(var sql, _, _) ->
          sql.stream().anyMatch(RevertRun::isImpossible)
              ? unknown(kept, "a statement of its undo cannot run in a transaction")
              : undo(kept.key(), sql);
    };
  }

  private Ending unknown(KeptUndo kept, String why) {
    return new Ending.Failed(new UndoNotKept(change.store(), kept.key().toString(), why));
  }

  private static boolean isImpossible(String sql) {
    StatementWords words = StatementWords.of(inTransaction(sql));
    return words.isOutsideOfTransactions() || words.isTransactionControl();
  }

  private static String inTransaction(String sql) {
    return StatementWords.of(sql).begin("DROP", "INDEX", "CONCURRENTLY")
        ? sql.replaceFirst("(?i)\\bCONCURRENTLY\\b", "")
        : sql;
  }

  private Ending undo(MigrationKey key, List<String> sql) {
    List<CompiledStatement> statements =
        sql.stream()
            .map(s -> new CompiledStatement(inTransaction(s), Optional.empty(), 1, EFFECT))
            .toList();
    var source = new Source("undo of " + key, statements);
    List<String> recording = foreign.map(f -> f.undone(change.store(), key)).orElse(List.of());
    List<String> entering =
        foreign
            .filter(_ -> change.ran().isEmpty())
            .map(f -> f.entering(change.store(), change.before()))
            .orElse(List.of());
    Ending ending =
        runner.run(
            new Transaction(
                "undo of " + key,
                change.fingerprint(),
                "",
                entering,
                ScriptText.of(List.of(source)),
                StoreMessages.joined(recording) + messages.leaveUndone(key.text()),
                Optional.of(
                    () -> messages.proofOfUndo(key.text(), change.fingerprintWithout(key)))));
    if (PreparedMigration.changesSession(source)) {
      work.link().discard();
    }
    return ending;
  }
}
