package tranche.postgres.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fanout.StoreTask;
import tranche.core.fleet.StoreId;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKind;
import tranche.core.problem.Problem;
import tranche.engine.fanout.Hooks;
import tranche.postgres.fanout.StoreChangeProblem.TransactionControl;

/// Applies migrations to one store, one after the other, with the callbacks and hooks around them.
final class ApplyRun {
  private final StoreWork work;
  private final StoreTask.Apply task;
  private final StoreChange change;
  private final StoreMessages messages;
  private final Waits waits;
  private final TransactionRunner runner;
  private final CallbackRun callbacks;
  private final Optional<ForeignHistoryWriter> foreign;

  ApplyRun(StoreWork work, StoreId store, StoreTask.Apply task) {
    this.work = work;
    this.task = task;
    this.change = new StoreChange(store, task.before(), work.version(task.before()));
    this.foreign = work.foreign(task.before().kind());
    this.messages =
        new StoreMessages(
            work.context(), store, StoreLocks.of(store, foreign), task.before().kind());
    this.waits = work.waits();
    this.runner = new TransactionRunner(work.link(), work.context(), store, messages, waits);
    this.callbacks = new CallbackRun(work, change, messages, runner, waits);
  }

  StoreOutcome run() {
    Ending before = callbacks.run(CallbackEvent.BEFORE_MIGRATE);
    if (!(before instanceof Ending.Committed)) {
      return stopped(Optional.empty(), before);
    }
    for (CompiledMigration migration : task.migrations()) {
      Ending ending = withHooks(migration);
      if (!(ending instanceof Ending.Committed)) {
        return stopped(Optional.of(migration), ending);
      }
    }
    Ending after = callbacks.run(CallbackEvent.AFTER_MIGRATE);
    if (after instanceof Ending.Committed && !change.ran().isEmpty()) {
      after = callbacks.run(CallbackEvent.AFTER_MIGRATE_APPLIED);
    }
    return after instanceof Ending.Committed
        ? new StoreOutcome.Done(change.ran(), waits.timing())
        : stopped(Optional.empty(), after);
  }

  private Ending withHooks(CompiledMigration migration) {
    Optional<Problem> refused = hook(Hooks.Event.BEFORE_MIGRATION, migration);
    if (refused.isPresent()) {
      return new Ending.Failed(refused.get());
    }
    Ending ending = apply(migration);
    if (ending instanceof Ending.Committed) {
      Optional<Problem> behind = hook(Hooks.Event.AFTER_MIGRATION, migration);
      return behind.<Ending>map(Ending.Failed::new).orElse(ending);
    }
    return ending;
  }

  private Optional<Problem> hook(Hooks.Event event, CompiledMigration migration) {
    return StoreHooks.call(work.context(), event, change.store(), migration.key());
  }

  private Ending apply(CompiledMigration migration) {
    PreparedMigration text = work.prepared(migration, change.store());
    if (text.control().isPresent()) {
      return new Ending.Failed(
          new TransactionControl(change.store(), at(migration), text.control().get()));
    }
    AppliedMigration row =
        new AppliedMigration(
            migration.key(),
            migration.source().up().sha256(),
            migration.source().kind() == MigrationKind.BASELINE);
    Ending ending =
        migration.isTransactional()
            ? inOneTransaction(migration, text, row)
            : new StatementRun(work, change, messages, runner, waits)
                .run(migration, text, leaving(migration, text, row), row);
    if (ending instanceof Ending.Committed committed) {
      change.applied(row, committed.number());
    }
    return ending;
  }

  private Ending inOneTransaction(
      CompiledMigration migration, PreparedMigration text, AppliedMigration row) {
    String key = migration.key().text();
    Ending ending =
        runner.run(
            new Transaction(
                at(migration),
                change.fingerprint(),
                "",
                entering(),
                text.script(),
                leaving(migration, text, row),
                Optional.of(() -> messages.proof(key, change.fingerprintWith(row)))));
    if (text.changesSession()) {
      work.link().discard();
    }
    return ending;
  }

  private List<String> entering() {
    return foreign
        .filter(_ -> change.ran().isEmpty())
        .map(f -> f.entering(change.store(), change.before()))
        .orElse(List.of());
  }

  private String leaving(
      CompiledMigration migration, PreparedMigration text, AppliedMigration row) {
    List<String> statements = new ArrayList<>(work.keep(text));
    foreign.ifPresent(f ->
        statements.addAll(
            f.applied(change.store(), migration.in(work.placeholders(change.store())))));
    String unset = text.changesSession() ? messages.unset() : "";
    return unset
        + StoreMessages.joined(statements)
        + messages.leave(change.versionWith(row), text.recorded());
  }

  static String at(CompiledMigration migration) {
    return migration.key().toString();
  }

  private StoreOutcome stopped(Optional<CompiledMigration> at, Ending ending) {
    return switch (ending) {
      case Ending.Moved _ -> new StoreOutcome.Moved(change.ran());
      case Ending.Committed _ -> throw new IllegalStateException("it did not stop");
      case Ending.Failed(var problem) -> failed(at.map(CompiledMigration::key), problem);
    };
  }

  private StoreOutcome failed(Optional<MigrationKey> at, Problem problem) {
    Problem told = problem;
    if (work.link().session().isOpen()) {
      told = at.isPresent() ? callbacks.afterError(problem) : callbacks.afterStoreError(problem);
      Failures.note(work.link().session(), messages, change.fingerprint(), told);
    }
    return new StoreOutcome.Failed(change.ran(), at, told, waits.timing());
  }
}
