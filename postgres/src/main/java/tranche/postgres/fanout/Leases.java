package tranche.postgres.fanout;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import tranche.core.fleet.DatabaseId;
import tranche.engine.fanout.RunId;
import tranche.engine.fanout.StoreProblem.LeaseEnded;
import tranche.postgres.schema.HistoryLayout;

/// Writes who may change stores of a database, and until when by the database's own clock.
final class Leases {
  /// What ended runs leave behind is of use for some days, to whoever asks who did what.
  private static final String FORGET =
      """
      DELETE FROM tranche.session s USING tranche.run r
        WHERE r.run = s.run AND r.until < clock_timestamp() - interval '1 day';
      DELETE FROM tranche.run r WHERE r.until < clock_timestamp() - interval '30 days'\
      """;

  private Leases() {}

  /// Begins or renews.
  ///
  /// @throws tranche.core.problem.ProblemException if it has ended meanwhile: a lease that was over
  ///   for a moment may have been taken for ended by somebody else, so it is never taken up again
  static void write(Session session, DatabaseId database, RunId run, Duration lifetime)
      throws SQLException {
    boolean _ = HistoryLayout.prepare(session.jdbc(), database);
    List<Session.Row> written =
        session.rows(
            """
            INSERT INTO tranche.run AS r (run, begun_at, until)
            VALUES (%1$s, clock_timestamp(), clock_timestamp() + interval '%2$d milliseconds')
            ON CONFLICT (run) DO UPDATE SET until = excluded.until
              WHERE r.until > clock_timestamp()
            RETURNING r.run, xmax = 0\
            """
                .formatted(Literal.text(run.value()), lifetime.toMillis()));
    if (written.isEmpty()) {
      throw new LeaseEnded(database, run).exception();
    }
    boolean isNew = written.getFirst().isTrue(1);
    if (isNew) {
      List<Session.Row> _ = session.rows(FORGET);
    }
  }

  /// Ends.
  static void end(Session session, RunId run) throws SQLException {
    List<Session.Row> _ =
        session.rows(
            Link.WITHOUT_DISK
                + "UPDATE tranche.run r SET until = least(until, clock_timestamp()) WHERE r.run = "
                + Literal.text(run.value()));
  }
}
