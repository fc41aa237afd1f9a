package tranche.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tranche.core.fleet.DatabaseId;
import tranche.core.problem.ProblemException;
import tranche.core.secret.Secret;
import tranche.engine.schema.SchemaProblem.DatabaseUnreachable;
import tranche.postgres.testing.PostgresForTests;

final class DatabasesTest {
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private static DatabaseAccess access(String id, String name) {
    var address = PostgresForTests.address();
    return new DatabaseAccess(
        new DatabaseId(id),
        new DatabaseAddress(new Server(address.host(), address.port(), SslMode.DISABLE), name),
        new Login(address.user(), address.password()),
        new ApplicationAccess(new Login("nobody_in_particular", Secret.of("x")), 1),
        IfMissing.FAIL);
  }

  private static int backend(Connection connection) throws SQLException {
    return Integer.parseInt(ask(connection, "SELECT pg_backend_pid()"));
  }

  private static String asked(Databases databases, String sql) throws SQLException {
    return databases.with(new DatabaseId("x"), c -> ask(c, sql));
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a/b",
        "host?socketFactory=x",
        "host:5432",
        "host,other",
        "a b",
        "a\nb",
        "-x",
        "user@host",
        "[::1]?x",
        "h#x",
        "%61"
      })
  void a_host_that_could_change_the_meaning_of_a_url_is_refused(String host) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Server(host, 5432, SslMode.DISABLE));
  }

  @Test
  void hosts_and_addresses_are_accepted() {
    for (String host : List.of("localhost", "db-1.example.org", "10.0.0.7", "[::1]")) {
      assertThat(new Server(host, 5432, SslMode.VERIFY_FULL).toString()).isEqualTo(host + ":5432");
    }
  }

  @Test
  void names_that_the_server_would_cut_are_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Identifier.quote("é".repeat(32)));
    assertThatIllegalArgumentException().isThrownBy(() -> Identifier.quote(""));
    assertThatIllegalArgumentException().isThrownBy(() -> Identifier.quote("a\0b"));
  }

  @Test
  void a_quoted_name_means_exactly_itself_to_the_server() throws Exception {
    var random = new Random(7);
    String alphabet = "a\"'`\\;$%. \n\t-/*é漢\u2019\u201C";
    try (var databases = new Databases(_ -> access("x", "postgres"), ConnectionLimits.ORDINARY)) {
      for (int i = 0; i < 300; i++) {
        String name =
            random
                .ints(1 + random.nextInt(12), 0, alphabet.length())
                .mapToObj(at -> alphabet.substring(at, at + 1))
                .collect(Collectors.joining());
        String label =
            databases.with(
                new DatabaseId("x"),
                c -> {
                  try (Statement statement = c.createStatement()) {
                    statement.setEscapeProcessing(false);
                    ResultSet row = statement.executeQuery("SELECT 1 AS " + Identifier.quote(name));
                    return row.getMetaData().getColumnLabel(1);
                  }
                });
        assertThat(label).isEqualTo(name);
      }
    }
  }

  @Test
  void a_name_with_odd_characters_reaches_its_database_and_no_property() throws Exception {
    String name = PostgresForTests.freshName("o?dd&user=x/#%41 \"db");
    try (var databases = new Databases(id -> access("x", id.value()), ConnectionLimits.ORDINARY)) {
      databases.with(
          new DatabaseId("postgres"),
          c -> {
            try (Statement statement = c.createStatement()) {
              return statement.execute("CREATE DATABASE " + Identifier.quote(name));
            }
          });
    }
    try (var databases = new Databases(_ -> access("x", name), ConnectionLimits.ORDINARY)) {
      assertThat(asked(databases, "SELECT current_database()")).isEqualTo(name);
      assertThat(asked(databases, "SELECT current_setting('application_name')"))
          .isEqualTo("tranche");
    }
  }

  @Test
  void a_database_never_gets_more_connections_than_allowed() throws Exception {
    var limits = new ConnectionLimits(2, 16, Duration.ofSeconds(20), SILENCE);
    Set<Integer> backends = java.util.concurrent.ConcurrentHashMap.newKeySet();
    try (var databases = new Databases(_ -> access("x", "postgres"), limits)) {
      together(
          12,
          _ ->
              databases.with(
                  new DatabaseId("x"),
                  c -> {
                    ask(c, "SELECT pg_sleep(0.02)");
                    return backends.add(backend(c));
                  }));
    }
    assertThat(backends).hasSizeBetween(1, 2);
  }

  @Test
  void a_server_never_gets_more_users_than_allowed_over_all_its_databases() throws Exception {
    var limits = new ConnectionLimits(2, 3, Duration.ofSeconds(20), SILENCE);
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    try (var databases = new Databases(id -> access(id.value(), "postgres"), limits)) {
      together(
          24,
          i ->
              databases.with(
                  new DatabaseId("d" + i % 8),
                  c -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    ask(c, "SELECT pg_sleep(0.02)");
                    return inside.decrementAndGet();
                  }));
      String open =
          databases.with(
              new DatabaseId("d0"),
              c ->
                  ask(
                      c,
                      "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tranche'"
                          + " AND datname = 'postgres'"));
      assertThat(Integer.parseInt(open)).isBetween(1, 6);
    }
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void a_full_server_is_said_to_be_busy() throws Exception {
    var limits = new ConnectionLimits(1, 1, Duration.ofSeconds(1), SILENCE);
    try (var databases = new Databases(id -> access(id.value(), "postgres"), limits);
        var threads = Executors.newSingleThreadExecutor()) {
      var isHeld = new CountDownLatch(1);
      var end = new CountDownLatch(1);
      Future<Boolean> holder =
          threads.submit(() ->
              databases.with(
                  new DatabaseId("a"),
                  _ -> {
                    isHeld.countDown();
                    return awaited(end);
                  }));
      assertThat(isHeld.await(20, TimeUnit.SECONDS)).isTrue();
      var thrown =
          catchThrowableOfType(
              ProblemException.class, () -> databases.with(new DatabaseId("b"), _ -> true));
      end.countDown();

      assertThat(holder.get()).isTrue();
      var problem = (DatabaseUnreachable) thrown.problem();
      assertThat(problem.message()).contains("all 1 connections are busy");
      assertThat(problem.canPass()).isTrue();
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void changed_access_is_used_at_once() throws Exception {
    Map<String, DatabaseAccess> now =
        new java.util.concurrent.ConcurrentHashMap<>(Map.of("x", access("x", "postgres")));
    try (var databases = new Databases(id -> now.get(id.value()), ConnectionLimits.ORDINARY)) {
      assertThat(asked(databases, "SELECT current_database()")).isEqualTo("postgres");
      now.put("x", access("x", "template1"));
      assertThat(asked(databases, "SELECT current_database()")).isEqualTo("template1");
    }
  }

  @Test
  void connections_are_replaced_before_their_backends_grow_large() throws Exception {
    var limits = new ConnectionLimits(1, 1, Duration.ofSeconds(20), SILENCE);
    Set<Integer> backends = new HashSet<>();
    try (var databases = new Databases(_ -> access("x", "postgres"), limits)) {
      for (int i = 0; i < 2_100; i++) {
        backends.add(databases.with(new DatabaseId("x"), DatabasesTest::backend));
      }
    }
    assertThat(backends).hasSizeGreaterThan(1);
  }

  @Test
  void errors_are_told_apart_by_who_must_act() {
    Map<String, SqlState> expected =
        Map.ofEntries(
            Map.entry("08006", SqlState.CONNECTION),
            Map.entry("57P01", SqlState.CONNECTION),
            Map.entry("57P03", SqlState.CONNECTION),
            Map.entry("53300", SqlState.CONNECTION),
            Map.entry("28P01", SqlState.REFUSED),
            Map.entry("28000", SqlState.REFUSED),
            Map.entry("3D000", SqlState.NO_DATABASE),
            Map.entry("55P03", SqlState.LOCK),
            Map.entry("40P01", SqlState.LOCK),
            Map.entry("42601", SqlState.STATEMENT));
    expected.forEach((state, meaning) ->
        assertThat(SqlState.of(new SQLException("x", state))).as(state).isEqualTo(meaning));
    assertThat(SqlState.of(new SQLException("without a state"))).isEqualTo(SqlState.STATEMENT);
  }

  @Test
  void a_login_does_not_print_its_password() {
    assertThat(access("x", "postgres").toString())
        .doesNotContain(PostgresForTests.address().password().reveal());
  }

  /// Work of one of several threads.
  private interface Numbered {
    Object run(int number) throws SQLException;
  }

  private static void together(int threads, Numbered work) throws Exception {
    try (var executor = Executors.newFixedThreadPool(threads)) {
      List<Future<Object>> running = new ArrayList<>();
      IntStream.range(0, threads).forEach(i -> running.add(executor.submit(() -> work.run(i))));
      for (Future<Object> one : running) {
        one.get();
      }
    }
  }
}
