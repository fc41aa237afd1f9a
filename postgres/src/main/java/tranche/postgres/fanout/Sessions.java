package tranche.postgres.fanout;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tranche.postgres.database.DatabaseAccess;

/// Opens sessions, and keeps the last one that somebody was done with until the next is wanted:
/// logging in costs client and server more than most of what is asked in between.
///
/// There are never more sessions than somebody uses, plus one: whoever asks for a session gets the
/// one that is kept, or it is closed before another is opened. Safe for any number of threads.
final class Sessions implements AutoCloseable {
  private final AtomicReference<@Nullable Idle> idle = new AtomicReference<>();

  private record Idle(DatabaseAccess access, Session session) {}

  /// A session for the caller, who closes it or gives it to [#keep(DatabaseAccess, Session)].
  ///
  /// @param silence how long the server may be silent
  /// @param name how it is called in `pg_stat_activity`
  Session open(DatabaseAccess access, Duration silence, String name) throws SQLException {
    Idle kept = idle.getAndSet(null);
    if (kept != null) {
      if (kept.access().equals(access) && serves(kept.session(), silence, name)) {
        return kept.session();
      }
      kept.session().close();
    }
    return Session.open(access, silence, name);
  }

  private static boolean serves(Session session, Duration silence, String name) {
    if (!session.isOpen()) {
      return false;
    }
    try {
      session.serve(silence, name);
      return true;
    } catch (SQLException e) {
      // The server has closed it meanwhile; why will be told to whoever connects anew.
      return false;
    }
  }

  /// Takes back a session.
  void keep(DatabaseAccess access, Session session) {
    if (session.isAsNew()) {
      close(idle.getAndSet(new Idle(access, session)));
    } else {
      session.close();
    }
  }

  @Override
  public void close() {
    close(idle.getAndSet(null));
  }

  private static void close(@Nullable Idle replaced) {
    if (replaced != null) {
      replaced.session().close();
    }
  }
}
