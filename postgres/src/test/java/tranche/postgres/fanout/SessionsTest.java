package tranche.postgres.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whoever gets a session that somebody else had finds nothing of them in it.
final class SessionsTest {
  private static final Duration SILENCE = Duration.ofSeconds(20);
  private static Fleet fleet;

  private final Sessions sessions = new Sessions();

  @BeforeAll
  static void start() throws Exception {
    fleet = Fleet.fresh();
  }

  @AfterEach
  void close() {
    sessions.close();
  }

  private Session open(String name) throws SQLException {
    return sessions.open(fleet.database, SILENCE, name);
  }

  private static String ask(Session session, String sql) throws SQLException {
    return session.rows(sql).getFirst().text(0);
  }

  private static String pid(Session session) throws SQLException {
    return ask(session, "SELECT pg_backend_pid()");
  }

  @Test
  void the_last_session_serves_again_under_another_name() throws Exception {
    Session first = open("one");
    String pid = pid(first);
    sessions.keep(fleet.database, first);

    Session second = open("two");

    assertThat(pid(second)).isEqualTo(pid);
    assertThat(ask(second, "SHOW application_name")).isEqualTo("two");
    second.close();
  }

  @Test
  void nothing_of_the_former_use_is_left() throws Exception {
    Session first = open("one");
    assertThat(
            first.send(
                "SET lock_timeout='1s';CREATE TEMP TABLE left_behind (x int);"
                    + "SELECT pg_advisory_lock(4711)"))
        .isInstanceOf(Answer.Done.class);
    sessions.keep(fleet.database, first);

    Session second = open("two");

    assertThat(second).isSameAs(first);
    assertThat(ask(second, "SHOW lock_timeout")).isEqualTo("0");
    assertThat(ask(second, "SELECT to_regclass('left_behind') IS NULL")).isEqualTo("t");
    assertThat(
            ask(
                second,
                "SELECT count(*) FROM pg_locks WHERE locktype='advisory' AND pid=pg_backend_pid()"))
        .isEqualTo("0");
    second.close();
  }

  @Test
  void the_name_outlives_what_makes_a_session_as_new() throws Exception {
    sessions.keep(fleet.database, open("one"));
    Session session = open("two");

    assertThat(session.isAsNew()).isTrue();
    assertThat(ask(session, "SHOW application_name")).isEqualTo("two");
    assertThat(session.send(StoreMessages.joined(session.reset()))).isInstanceOf(Answer.Done.class);
    assertThat(ask(session, "SHOW application_name")).isEqualTo("two");
    session.close();
  }

  @Test
  void a_session_in_a_transaction_is_not_kept() throws Exception {
    Session first = open("one");
    assertThat(first.send("BEGIN;SELECT 1")).isInstanceOf(Answer.Done.class);

    sessions.keep(fleet.database, first);

    assertThat(first.isOpen()).isFalse();
  }

  /// Somebody else's work would end with the lease of the run that the row names.
  @Test
  void a_session_that_is_still_written_down_for_a_run_is_not_kept() throws Exception {
    Link link = Link.open(sessions, fleet.database, fleet.run());
    Session session = link.session();
    assertThat(session.send("SET default_transaction_read_only=on"))
        .isInstanceOf(Answer.Done.class);

    link.close();

    assertThat(session.isOpen()).isFalse();
  }

  @Test
  void a_session_that_the_server_has_ended_meanwhile_is_replaced() throws Exception {
    Session first = open("one");
    String pid = pid(first);
    sessions.keep(fleet.database, first);
    assertThat(fleet.ask("SELECT pg_terminate_backend(" + pid + ", 5000)")).isEqualTo("t");

    Session second = open("two");

    assertThat(pid(second)).isNotEqualTo(pid);
    assertThat(first.isOpen()).isFalse();
    second.close();
  }

  @Test
  void only_one_is_kept() throws Exception {
    Session first = open("one");
    Session second = open("two");
    sessions.keep(fleet.database, first);

    sessions.keep(fleet.database, second);

    assertThat(first.isOpen()).isFalse();
    assertThat(second.isOpen()).isTrue();
    sessions.close();
    assertThat(second.isOpen()).isFalse();
  }
}
