package tranche.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fanout.StoreOutcome.Timing;
import tranche.core.fanout.StoreTask;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.Undo;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;
import tranche.core.problem.RecordedProblem;
import tranche.engine.fanout.Hooks;
import tranche.engine.fanout.RunContext;
import tranche.engine.fanout.StoreConnection;
import tranche.engine.fanout.StoreProblem;
import tranche.testkit.StoreFaults.Fault;

/// A connection to stores in memory. A store's lock is held by at most one of them.
final class MemoryStoreConnection implements StoreConnection {
  private final InMemoryStoreAccess access;
  private final DatabaseId database;
  private final RunContext context;
  private boolean isBroken;
  private boolean isClosed;
  private boolean isCancelled;

  MemoryStoreConnection(InMemoryStoreAccess access, DatabaseId database, RunContext context) {
    this.access = access;
    this.database = database;
    this.context = context;
  }

  /// One migration of a task: how to run it, and what it does to the history.
  private record Part(MigrationKey key, String sql, Change change) {}

  private interface Change {
    void to(MemorySchema schema);
  }

  @Override
  public StoreOutcome perform(StoreId store, StoreTask task) {
    if (isBroken || isClosed || !store.database().equals(database)) {
      throw new IllegalStateException("this connection cannot be used for " + store);
    }
    if (!access.lock(store)) {
      return failed(List.of(), Optional.empty(), new StoreProblem.StoreBusy(store, "process 1"));
    }
    try {
      return locked(store, task);
    } finally {
      access.unlock(store);
    }
  }

  private StoreOutcome locked(StoreId store, StoreTask task) {
    long expected =
        switch (task) {
          case StoreTask.Apply(var before, _) -> before.fingerprint();
          case StoreTask.Revert(var before, _) -> before.fingerprint();
        };
    List<MigrationKey> ran = new ArrayList<>();
    for (Part part : parts(store, task)) {
      Optional<Problem> veto = hook(Hooks.Event.BEFORE_MIGRATION, store, part.key());
      if (veto.isPresent()) {
        return failed(ran, Optional.of(part.key()), veto.get());
      }
      Fault fault = access.faults().at(store, part.key());
      Optional<StoreOutcome> end = attempt(store, part, fault, expected, ran);
      if (end.isPresent()) {
        return end.get();
      }
      ran.add(part.key());
      expected = access.schema(store).map(MemorySchema::fingerprint).orElse(0L);
      Optional<Problem> late = hook(Hooks.Event.AFTER_MIGRATION, store, part.key());
      if (late.isPresent()) {
        return failed(ran, Optional.of(part.key()), late.get());
      }
    }
    // A task without migrations looks at the store too.
    boolean isThere = access.schema(store).isPresent();
    return isThere ? new StoreOutcome.Done(ran, time()) : new StoreOutcome.Moved(ran);
  }

  private List<Part> parts(StoreId store, StoreTask task) {
    return switch (task) {
      case StoreTask.Apply(_, var migrations) -> migrations.stream().map(this::applying).toList();
      case StoreTask.Revert(_, var keys) ->
          keys.stream().map(key -> reverting(store, key)).toList();
    };
  }

  private Part applying(CompiledMigration migration) {
    AppliedMigration row =
        new AppliedMigration(
            migration.key(),
            migration.source().up().sha256(),
            migration.source().kind() == MigrationKind.BASELINE);
    return new Part(
        migration.key(),
        migration.source().up().text(),
        schema -> schema.apply(row, context.run().value(), migration.undo()));
  }

  private Part reverting(StoreId store, MigrationKey key) {
    Undo undo =
        access.schema(store).flatMap(s -> s.undo(key)).orElse(new Undo.Unknown("no such row"));
    String sql = undo instanceof Undo.Statements s ? String.join(";", s.sql()) : "";
    return new Part(key, sql, schema -> schema.revert(key));
  }

  /// Runs one migration.
  ///
  /// @return how the task ended, if it did
  private Optional<StoreOutcome> attempt(
      StoreId store, Part part, Fault fault, long expected, List<MigrationKey> ran) {
    Optional<MigrationKey> at = Optional.of(part.key());
    return switch (fault) {
      case Fault.None _ -> commit(store, part, expected, ran);
      case Fault.Refused(String message) -> Optional.of(refused(store, ran, part.key(), message));
      case Fault.Busy _ ->
          Optional.of(failed(ran, at, new StoreProblem.StoreBusy(store, "process 1")));
      case Fault.BrokenBefore _ -> Optional.of(broken(ran, at));
      case Fault.BrokenAfter _ -> {
        Optional<StoreOutcome> end = commit(store, part, expected, ran);
        yield Optional.of(end.orElseGet(() -> broken(ran, at)));
      }
      case Fault.Overtaken _ -> {
        Optional<StoreOutcome> _ = commit(store, part, expected, ran);
        yield commit(store, part, expected, ran);
      }
      case Fault.Dropped _ -> {
        access.drop(store);
        yield commit(store, part, expected, ran);
      }
      case Fault.LeaseEnds _ -> {
        access.endLease(database, context.run());
        yield commit(store, part, expected, ran);
      }
      case Fault.Slow(Duration time) ->
          endsEarly(time)
              ? Optional.of(refused(store, ran, part.key(), "canceling statement"))
              : commit(store, part, expected, ran);
    };
  }

  private Optional<StoreOutcome> commit(
      StoreId store, Part part, long expected, List<MigrationKey> ran) {
    synchronized (access) {
      if (!access.hasLease(database, context.run())) {
        Problem ended = new StoreProblem.LeaseEnded(database, context.run());
        return Optional.of(failed(ran, Optional.of(part.key()), ended));
      }
      Optional<MemorySchema> schema = access.schema(store);
      if (schema.isEmpty() || schema.get().fingerprint() != expected) {
        return Optional.of(new StoreOutcome.Moved(ran));
      }
      if (part.sql().contains("1/0")) {
        return Optional.of(refused(store, ran, part.key(), "division by zero"));
      }
      part.change().to(schema.get());
      return Optional.empty();
    }
  }

  private StoreOutcome refused(
      StoreId store, List<MigrationKey> ran, MigrationKey at, String message) {
    synchronized (access) {
      access.schema(store).ifPresent(s -> s.fail(message));
    }
    Problem problem =
        new RecordedProblem(
            "statement-failed",
            ProblemKind.FAILED,
            "Migration " + at + " failed on " + store + ": " + message,
            "The database refused it.",
            "Correct it.");
    return failed(ran, Optional.of(at), problem);
  }

  private StoreOutcome broken(List<MigrationKey> ran, Optional<MigrationKey> at) {
    isBroken = true;
    return failed(ran, at, new StoreProblem.ConnectionLost(database, "broken pipe"));
  }

  private static StoreOutcome failed(
      List<MigrationKey> ran, Optional<MigrationKey> at, Problem problem) {
    return new StoreOutcome.Failed(ran, at, problem, time());
  }

  private static Timing time() {
    return new Timing(Duration.ofMillis(1), Duration.ZERO, 1);
  }

  private Optional<Problem> hook(Hooks.Event event, StoreId store, MigrationKey key) {
    if (!context.hooks().wants(event)) {
      return Optional.empty();
    }
    Hooks.Context told =
        new Hooks.Context(
            event, context.run(), Optional.of(store), Map.of("migration", key.text()));
    return switch (context.hooks().call(told)) {
      case Hooks.Result.Proceed _ -> Optional.empty();
      case Hooks.Result.Fail(Problem problem) -> Optional.of(problem);
    };
  }

  /// Waits until the time is over or the connection is cancelled.
  private synchronized boolean endsEarly(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    try {
      while (!isCancelled && System.nanoTime() < end) {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, end - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
    boolean was = isCancelled;
    isCancelled = false;
    return was;
  }

  @Override
  public synchronized void cancel() {
    isCancelled = true;
    notifyAll();
  }

  @Override
  public boolean isUsable() {
    return !isBroken && !isClosed;
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      access.closes(database);
    }
  }
}
