package tranche.postgres.fanout;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CompiledStatement;
import tranche.core.migration.Expectation;
import tranche.core.problem.Problem;
import tranche.engine.fanout.StoreProblem.ConnectionLost;
import tranche.engine.fanout.StoreProblem.StoreBusy;
import tranche.postgres.database.SqlState;
import tranche.postgres.fanout.ErrorPlace.RefusedPart;
import tranche.postgres.fanout.ScriptText.Part;
import tranche.postgres.fanout.ScriptText.Source;
import tranche.postgres.fanout.StoreChangeProblem.LockNotGranted;

/// Runs statements that PostgreSQL refuses inside a transaction.
///
/// No transaction holds the store's lock meanwhile, so the session does. Nothing rolls such a
/// statement back: one that was cut off may have happened, or have left an index that is not valid.
/// What it should have left is looked up before it runs again, and an index of its name that is not
/// valid is dropped first.
final class OutsideRun {
  private static final int LOSSES = 3;

  private final StoreWork work;
  private final StoreId store;
  private final StoreMessages messages;
  private final TransactionRunner runner;
  private final Waits waits;
  private int heldGeneration = -1;

  OutsideRun(
      StoreWork work,
      StoreId store,
      StoreMessages messages,
      TransactionRunner runner,
      Waits waits) {
    this.work = work;
    this.store = store;
    this.messages = messages;
    this.runner = runner;
    this.waits = waits;
  }

  private Session session() {
    return work.link().session();
  }

  /// Runs one statement.
  ///
  /// @param source with one statement
  /// @param mayHaveRun whether an earlier attempt may have done it
  Ending run(String at, Source source, boolean mayHaveRun) {
    CompiledStatement statement = source.statements().getFirst();
    boolean isDoubtful = mayHaveRun;
    waits.beginTransaction();
    for (int losses = 0; ; ) {
      Optional<Problem> unheld = hold();
      if (unheld.isPresent()) {
        return new Ending.Failed(unheld.get());
      }
      if (isDoubtful && isDone(statement.effect().expectations())) {
        return new Ending.Committed(null);
      }
      Answer answer = attempt(statement);
      if (answer instanceof Answer.Done) {
        return new Ending.Committed(null);
      }
      if (session().isOpen()) {
        Optional<Ending> ending = refused(at, source, (Answer.Refused) answer);
        if (ending.isPresent()) {
          return ending.get();
        }
        continue;
      }
      SQLException error = ((Answer.Refused) answer).error();
      SQLException failure = ++losses > LOSSES ? error : work.link().reopen();
      if (failure != null) {
        return new Ending.Failed(lost(failure));
      }
      isDoubtful = true;
    }
  }

  private Answer attempt(CompiledStatement statement) {
    Answer ready = session().send(StoreMessages.joined(session().reset()) + messages.settings());
    if (ready instanceof Answer.Refused) {
      return ready;
    }
    Optional<Answer.Refused> unclean = dropInvalid(statement);
    return unclean.isPresent() ? unclean.get() : session().send(statement.sql());
  }

  /// What to answer to an error; nothing if it is to be tried again.
  private Optional<Ending> refused(String at, Source source, Answer.Refused refused) {
    session().rollBack();
    CompiledStatement statement = source.statements().getFirst();
    var part = ScriptText.of(List.of(source)).parts().getFirst();
    var place = new RefusedPart((Part.Text) part, 0, "", refused);
    boolean isLock = SqlState.of(refused.error()) == SqlState.LOCK;
    if (isLock && waits.tryAgain()) {
      return Optional.empty();
    }
    Problem problem =
        isLock
            ? new LockNotGranted(
                store, ErrorPlace.of(at, place), waits.tried() + Blockers.seen(session(), messages))
            : runner.problem(at, place);
    // An index that is not valid costs every write and serves no read.
    Optional<Answer.Refused> unclean = dropInvalid(statement);
    unclean.ifPresent(_ -> session().rollBack());
    return Optional.of(new Ending.Failed(problem));
  }

  private boolean isDone(List<Expectation> expectations) {
    // An index that differs from another one only in an expression is built twice rather than
    // never.
    boolean isVague =
        expectations.stream()
            .anyMatch(e -> e instanceof Expectation.IndexOn(var shape) && !shape.isToldByNames());
    if (expectations.isEmpty() || isVague) {
      return false;
    }
    Answer answer = session().send(messages.requireExpected(expectations));
    session().rollBack();
    return answer instanceof Answer.Done;
  }

  private Optional<Answer.Refused> dropInvalid(CompiledStatement statement) {
    return InvalidIndexes.drop(session(), store, messages, statement);
  }

  /// Takes the store's locks for this session, unless it has them.
  private Optional<Problem> hold() {
    int losses = 0;
    while (heldGeneration != work.link().generation()) {
      Answer answer = session().send(messages.holdForSession());
      if (answer instanceof Answer.Done done && done.text().equals("t")) {
        heldGeneration = work.link().generation();
        return Optional.empty();
      }
      if (!session().isOpen()) {
        SQLException error = ((Answer.Refused) answer).error();
        SQLException failure = ++losses > LOSSES ? error : work.link().reopen();
        if (failure != null) {
          return Optional.of(lost(failure));
        }
        continue;
      }
      release();
      Answer evicted = session().send(messages.evict());
      boolean isFree = evicted instanceof Answer.Done(var count) && !"0".equals(count);
      if (!isFree && !waits.waitForStore()) {
        return Optional.of(new StoreBusy(store, Blockers.seen(session(), messages)));
      }
    }
    return Optional.empty();
  }

  private Problem lost(SQLException error) {
    return new ConnectionLost(store.database(), SqlState.message(error));
  }

  /// Gives the session's locks back.
  void release() {
    heldGeneration = -1;
    if (session().isOpen()
        && session().send("SELECT pg_catalog.pg_advisory_unlock_all()") instanceof Answer.Refused) {
      session().close();
    }
  }
}
