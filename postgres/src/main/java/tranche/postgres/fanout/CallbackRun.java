package tranche.postgres.fanout;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.CompiledSet.CompiledCallback;
import tranche.core.migration.CompiledStatement;
import tranche.core.problem.Problem;
import tranche.postgres.fanout.ScriptText.Source;
import tranche.postgres.fanout.StoreChangeProblem.StatementFailed;
import tranche.postgres.fanout.StoreChangeProblem.TransactionControl;

/// Runs the callback scripts that do not belong into the transaction of a migration: each in one of
/// its own. They are in no history, so one whose commit nobody saw runs again.
final class CallbackRun {
  private static final Logger LOG = System.getLogger(CallbackRun.class.getName());

  private final StoreWork work;
  private final StoreChange change;
  private final StoreMessages messages;
  private final TransactionRunner runner;
  private final Waits waits;

  CallbackRun(
      StoreWork work,
      StoreChange change,
      StoreMessages messages,
      TransactionRunner runner,
      Waits waits) {
    this.work = work;
    this.change = change;
    this.messages = messages;
    this.runner = runner;
    this.waits = waits;
  }

  /// Runs all callbacks of an event until one fails.
  Ending run(CallbackEvent event) {
    for (CompiledCallback callback : work.context().callbacks().getOrDefault(event, List.of())) {
      Ending ending = run(callback);
      if (!(ending instanceof Ending.Committed)) {
        return ending;
      }
    }
    return new Ending.Committed(null);
  }

  private Ending run(CompiledCallback callback) {
    Source plain = PreparedMigration.source(callback);
    Source source = plain.hasPlaceholders() ? plain.with(work.placeholders(change.store())) : plain;
    String at = "callback " + callback.source().event().flywayName();
    Optional<String> control = PreparedMigration.control(List.of(source));
    if (control.isPresent()) {
      return new Ending.Failed(new TransactionControl(change.store(), at, control.get()));
    }
    Ending ending =
        callback.isTransactional() ? inOneTransaction(at, source) : oneByOne(at, source);
    if (PreparedMigration.changesSession(source)) {
      work.link().discard();
    }
    return ending;
  }

  private Ending inOneTransaction(String at, Source source) {
    return runner.run(
        new Transaction(
            at,
            change.fingerprint(),
            "*",
            List.of(),
            ScriptText.of(List.of(source)),
            messages.leaveAsIs(),
            Optional.empty()));
  }

  private Ending oneByOne(String at, Source source) {
    var outside = new OutsideRun(work, change.store(), messages, runner, waits);
    try {
      for (CompiledStatement statement : source.statements()) {
        Source single = new Source(source.file(), List.of(statement));
        Ending ending =
            statement.effect().canRunInTransaction()
                ? inOneTransaction(at, single)
                : outside.run(at, single, false);
        if (!(ending instanceof Ending.Committed)) {
          return ending;
        }
      }
      return new Ending.Committed(null);
    } finally {
      outside.release();
    }
  }

  /// After a migration failed: its own callbacks, then those of the store.
  Problem afterError(Problem problem) {
    return afterStoreError(adding(problem, CallbackEvent.AFTER_EACH_MIGRATE_ERROR));
  }

  /// After the store failed.
  Problem afterStoreError(Problem problem) {
    return adding(problem, CallbackEvent.AFTER_MIGRATE_ERROR);
  }

  private static Problem both(Problem problem, Problem also) {
    if (problem instanceof StatementFailed(var store, var at, var message)) {
      return new StatementFailed(store, at, message + ". Then also: " + also.what());
    }
    LOG.log(Level.WARNING, () -> "after a failure: " + also.what());
    return problem;
  }

  /// A callback that fails after a failure must not hide it.
  private Problem adding(Problem problem, CallbackEvent event) {
    if (!work.link().session().isOpen()) {
      return problem;
    }
    return switch (run(event)) {
      case Ending.Committed _, Ending.Moved _ -> problem;
      case Ending.Failed(var also) -> both(problem, also);
    };
  }
}
