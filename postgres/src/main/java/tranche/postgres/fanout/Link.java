package tranche.postgres.fanout;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tranche.engine.fanout.RunContext;
import tranche.postgres.database.DatabaseAccess;

/// The connection of one [PostgresStoreConnection], which is replaced when it breaks in the middle
/// of something that must be read back. Each session is written into `tranche.session`, so that
/// whoever takes over knows which server process worked for which run.
final class Link implements AutoCloseable {
  private static final Duration BEYOND_STATEMENT = Duration.ofSeconds(60);

  /// What a transaction begins with whose answer may come before it is on the disk.
  static final String WITHOUT_DISK = "SET LOCAL synchronous_commit=off;";

  // Who works for whom is only asked while the server runs, so nobody waits for the disk.
  private static final String LEAVE =
      WITHOUT_DISK + "DELETE FROM tranche.session s WHERE s.pid = pg_catalog.pg_backend_pid()";

  private final Sessions sessions;
  private final DatabaseAccess access;
  private final RunContext context;
  private volatile Session session;
  private String pid;
  private int generation;
  private boolean isTouched;

  private Link(
      Sessions sessions, DatabaseAccess access, RunContext context, Session session, String pid) {
    this.sessions = sessions;
    this.access = access;
    this.context = context;
    this.session = session;
    this.pid = pid;
  }

  static Link open(Sessions sessions, DatabaseAccess access, RunContext context)
      throws SQLException {
    Session session = connect(sessions, access, context);
    return new Link(sessions, access, context, session, register(session, context));
  }

  private static Session connect(Sessions sessions, DatabaseAccess access, RunContext context)
      throws SQLException {
    return sessions.open(
        access,
        context.limits().statementTimeout().plus(BEYOND_STATEMENT),
        "tranche " + context.run());
  }

  private static String register(Session session, RunContext context) throws SQLException {
    String sql =
        WITHOUT_DISK
            + """
            INSERT INTO tranche.session (pid, backend_start, run)
            SELECT a.pid, a.backend_start, %s FROM pg_stat_activity a
            WHERE a.pid = pg_backend_pid() RETURNING pid\
            """
                .formatted(Literal.text(context.run().value()));
    return switch (session.send(sql)) {
      case Answer.Done done -> done.text();
      case Answer.Refused(var error, _) -> {
        session.close();
        throw error;
      }
    };
  }

  /// The session in use.
  Session session() {
    return session;
  }

  /// How often it was replaced.
  int generation() {
    return generation;
  }

  /// The script that ran may have changed settings for the whole session.
  void touch() {
    isTouched = true;
  }

  /// What must be sent before the next script, because an earlier one may have changed settings.
  List<String> takeReset() {
    List<String> reset = isTouched ? session.reset() : List.of();
    isTouched = false;
    return reset;
  }

  /// How the database is reached.
  DatabaseAccess access() {
    return access;
  }

  /// Replaces a broken session.
  ///
  /// @return why that is not possible, or null
  @Nullable SQLException reopen() {
    session.close();
    try {
      Session fresh = connect(sessions, access, context);
      String freshPid = register(fresh, context);
      Answer ended = fresh.send(endFormer());
      if (ended instanceof Answer.Refused(var error, _)) {
        fresh.close();
        return error;
      }
      session = fresh;
      pid = freshPid;
      generation++;
      return null;
    } catch (SQLException e) {
      return e;
    }
  }

  /// Whatever the broken connection left on the server must end before its store can be read.
  private String endFormer() {
    return """
    SELECT count(*) FILTER (WHERE pg_terminate_backend(a.pid, 5000))
    FROM tranche.session s
    JOIN pg_stat_activity a ON a.pid = s.pid AND a.backend_start = s.backend_start
    WHERE s.pid = %d AND s.run = %s AND a.pid <> pg_backend_pid()\
    """
        .formatted(Long.parseLong(pid), Literal.text(context.run().value()));
  }

  /// Makes the session as new, after a script that may have left something in it.
  void discard() {
    if (session.isOpen() && !session.isAsNew()) {
      session.close();
    }
  }

  @Override
  public void close() {
    if (!session.isOpen()) {
      return;
    }
    switch (session.send(LEAVE)) {
      case Answer.Done _ -> sessions.keep(access, session);
      // Its row still says that it works for this run. That is true of a session that is gone; one
      // that went on for somebody else could be ended with this run's lease.
      case Answer.Refused _ -> session.close();
    }
  }
}
