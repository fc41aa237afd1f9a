package tranche.postgres.control;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import tranche.core.problem.ProblemException;
import tranche.engine.journal.Fence;
import tranche.engine.journal.JournalProblem;

/// Writes that only the holder of the lease may make (I4).
///
/// The order of locks is: lease, journal head, everything else. A write locks the lease's row
/// before it changes anything and keeps it until it has committed; a takeover updates that row. So
/// a takeover waits for the write under way, and a write that comes after it reads the new fencing
/// number and is refused: once `acquire` has returned a number, nothing with a lower one commits.
///
/// The lock is exclusive although a shared one would be as safe: exclusive ones are granted in
/// turn, while holders of shared ones could overlap for ever and keep a takeover out.
final class FencedWrites {
  private final Database database;

  FencedWrites(Database database) {
    this.database = database;
  }

  /// Makes a write that may be repeated when its outcome is unknown.
  void repeatable(Fence fence, Function<Handle, Integer> write) {
    Integer _ =
        database.transact(handle -> {
          requireCurrent(handle, fence);
          return write.apply(handle);
        });
  }

  /// Makes a write to the journal that happens once, and finds out whether it did when the commit
  /// does not answer.
  ///
  /// @param write is given a fresh id, under which it writes; it holds the journal head's lock when
  ///   it returns
  /// @param readBack finds what was written under the id, empty if nothing was
  <T> T once(Fence fence, Write<T> write, Write<Optional<T>> readBack) {
    UUID id = UUID.randomUUID();
    boolean isCommitSent = false;
    try (Handle handle = database.connect()) {
      Handle _ = handle.begin();
      T written = inTransaction(handle, fence, h -> write.with(h, id));
      isCommitSent = true;
      Handle _ = handle.commit();
      return written;
    } catch (JdbiException e) {
      if (!isCommitSent) {
        throw database.asProblem(e);
      }
      return outcome(id, readBack, e);
    }
  }

  private static <T> T inTransaction(Handle handle, Fence fence, Function<Handle, T> write) {
    try {
      requireCurrent(handle, fence);
      return write.apply(handle);
    } catch (RuntimeException e) {
      rollback(handle, e);
      throw e;
    }
  }

  private static void rollback(Handle handle, RuntimeException failure) {
    try {
      Handle _ = handle.rollback();
    } catch (JdbiException e) {
      // The connection is gone; the server rolls back by itself.
      failure.addSuppressed(e);
    }
  }

  /// A commit that was sent may still be under way. It holds the journal head's lock, which it took
  /// before, until it has either happened or not; whoever has that lock afterwards sees which. The
  /// other connections of the pool may be as broken as this one, so a new one asks.
  private <T> T outcome(UUID id, Write<Optional<T>> readBack, JdbiException atCommit) {
    Optional<T> written;
    try {
      written =
          database.transactAnew(handle -> {
            JournalHead.lock(handle);
            return readBack.with(handle, id);
          });
    } catch (ProblemException e) {
      e.addSuppressed(atCommit);
      throw new ProblemException(
          new ControlProblem.CommitUnknown(database.where(), Database.reason(atCommit)), e);
    }
    return written.orElseThrow(() -> database.asProblem(atCommit));
  }

  /// A holder whose time has run out, but whom nobody replaced, is still the only one; what counts
  /// is the number alone.
  private static void requireCurrent(Handle handle, Fence fence) {
    boolean isCurrent =
        handle
            .createQuery(
                """
                SELECT epoch = :epoch AND holder IS NOT NULL
                FROM tranche_control.lease
                WHERE name = 'control'
                FOR NO KEY UPDATE
                """)
            .bind("epoch", fence.epoch())
            .mapTo(Boolean.class)
            .one();
    if (!isCurrent) {
      throw new JournalProblem.LeaseLost(fence.epoch()).exception();
    }
  }

  /// Statements that run under an id of this write.
  @FunctionalInterface
  interface Write<T> {
    T with(Handle handle, UUID id);
  }
}
