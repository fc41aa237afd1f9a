package issuetracker.tests;

import static issuetracker.tests.Wait.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import issuetracker.server.IssueTracker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The change of the priority from a word to a number, while both releases run.
final class PriorityMigrationTest {
  private static final List<String> WORDS = List.of("low", "normal", "high", "urgent");
  private static final String OUT_OF_STEP =
      """
      SELECT count(*)
      FROM app.issue
      WHERE priority_v2 IS DISTINCT FROM array_position(ARRAY['low', 'normal', 'high', 'urgent'], priority)
      """;

  private TestDatabase database;

  @BeforeEach
  void the_base_is_there() throws SQLException {
    database = TestDatabase.create().schema("app");
    database.migrate("app", Releases.V1);
  }

  @Test
  void both_columns_say_the_same_while_both_releases_write_the_same_issues() throws Exception {
    expandAndBackfill();
    List<UUID> issues = new ArrayList<>();
    try (IssueTracker old =
            Instances.pooled(issuetracker.r2026_10.Main.release(), database, "acme");
        IssueTracker young =
            Instances.pooled(issuetracker.r2026_11.Main.release(), database, "acme")) {
      Client before = new Client(old.port(), "acme");
      Client after = new Client(young.port(), "acme");
      for (int i = 0; i < 8; i++) {
        UUID id = UUID.randomUUID();
        Client creator = i % 2 == 0 ? before : after;
        assertThat(creator.createIssue(id, WORDS.get(i % 4)).status()).isEqualTo(201);
        issues.add(id);
      }
      together(
          List.of(
              () -> changeAll(before, issues, 1, 40),
              () -> changeAll(after, issues, 3, 40),
              () -> changeAll(before, issues, 2, 40),
              () -> changeAll(after, issues, 0, 40)));
      for (UUID id : issues) {
        assertThat(before.get("/issues/" + id).text("priority"))
            .isEqualTo(after.get("/issues/" + id).text("priority"));
      }
    }
    assertThat(database.query(OUT_OF_STEP)).isEqualTo("0");
  }

  @Test
  void a_change_by_either_release_is_what_the_other_reads_next() throws Exception {
    expandAndBackfill();
    try (IssueTracker old =
            Instances.pooled(issuetracker.r2026_10.Main.release(), database, "acme");
        IssueTracker young =
            Instances.pooled(issuetracker.r2026_11.Main.release(), database, "acme")) {
      Client before = new Client(old.port(), "acme");
      Client after = new Client(young.port(), "acme");
      UUID id = UUID.randomUUID();
      before.createIssue(id, "low");
      for (String word : List.of("urgent", "normal", "high", "low")) {
        before.patch(id, "{\"priority\":\"" + word + "\"}");
        assertThat(after.get("/issues/" + id).text("priority")).isEqualTo(word);
        String next = WORDS.get((WORDS.indexOf(word) + 1) % 4);
        after.patch(id, "{\"priority\":\"" + next + "\"}");
        assertThat(before.get("/issues/" + id).text("priority")).isEqualTo(next);
        assertThat(before.get("/issues?priority=" + next).json().requiredObjects("issues"))
            .hasSize(1);
      }
    }
  }

  @Test
  void a_row_from_before_the_new_column_is_filled_by_any_change_of_it() throws Exception {
    insertOld(1);
    database.migrate("app", Releases.V2);
    assertThat(database.query("SELECT priority_v2 FROM app.issue")).isEqualTo("null");
    database.execute("UPDATE app.issue SET title = 'other'");
    assertThat(database.query(OUT_OF_STEP)).isEqualTo("0");
  }

  @Test
  void one_statement_that_writes_both_columns_differently_is_refused() throws Exception {
    insertOld(1);
    expandAndBackfill();
    assertThatThrownBy(
            () -> database.execute("UPDATE app.issue SET priority = 'high', priority_v2 = 1"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("disagree");
    database.execute("UPDATE app.issue SET priority = 'high', priority_v2 = 3");
    assertThat(database.query(OUT_OF_STEP)).isEqualTo("0");
  }

  @Test
  void the_backfill_goes_on_until_nothing_is_left_and_loses_no_concurrent_change()
      throws Exception {
    insertOld(5_000);
    database.migrate("app", Releases.V2);
    List<UUID> fresh = new ArrayList<>();
    try (IssueTracker old =
        Instances.pooled(issuetracker.r2026_10.Main.release(), database, "acme")) {
      Client before = new Client(old.port(), "acme");
      List<UUID> some =
          ids("SELECT string_agg(id::text, ',') FROM (SELECT id FROM app.issue LIMIT 30) s");
      AtomicBoolean backfilled = new AtomicBoolean();
      List<Integer> runs = new ArrayList<>();
      together(
          List.of(
              () -> {
                runs.add(database.migrate("app", Releases.V3));
                backfilled.set(true);
                return null;
              },
              () -> changeAll(before, some, 3, 60),
              () -> {
                do {
                  UUID id = UUID.randomUUID();
                  assertThat(before.createIssue(id, "urgent").status()).isEqualTo(201);
                  fresh.add(id);
                } while (!backfilled.get());
                return null;
              }));
      // 2,000 + 2,000 + the rest, and one more that finds nothing.
      assertThat(runs.getFirst()).isBetween(3, 5);
    }
    assertThat(database.query(OUT_OF_STEP)).isEqualTo("0");
    assertThat(database.query("SELECT count(*) FROM app.issue"))
        .isEqualTo(String.valueOf(5_000 + fresh.size()));
    assertThat(database.migrate("app", Releases.V3)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"commit", "rollback"})
  void a_change_that_the_backfill_had_to_wait_for_is_not_overwritten(String end) throws Exception {
    database.execute(
        """
        INSERT INTO app.issue (tenant_id, id, title, body, status, priority)
        VALUES ('acme', gen_random_uuid(), 't', '', 'open', 'low')
        """);
    database.migrate("app", Releases.V2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection writer = database.asOwner();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("UPDATE app.issue SET priority = 'urgent'");
      Future<Integer> backfill = threads.submit(() -> database.migrate("app", Releases.V3));
      await()
          .until(
              () -> database.query("SELECT count(*) FROM pg_locks WHERE NOT granted"), "1"::equals);
      statement.execute(end);
      writer.setAutoCommit(true);
      backfill.get();
    }
    assertThat(database.query("SELECT priority || ' ' || priority_v2 FROM app.issue"))
        .isEqualTo(end.equals("commit") ? "urgent 4" : "low 1");
  }

  @Test
  void what_the_new_release_wrote_is_whole_for_the_old_one_after_a_revert() throws Exception {
    expandAndBackfill();
    List<UUID> issues = new ArrayList<>();
    try (IssueTracker young =
        Instances.pooled(issuetracker.r2026_11.Main.release(), database, "acme")) {
      Client after = new Client(young.port(), "acme");
      for (String word : WORDS) {
        UUID id = UUID.randomUUID();
        assertThat(after.createIssue(id, word).status()).isEqualTo(201);
        assertThat(after.post("/issues/" + id + "/comments", "{\"body\":\"b\"}").status())
            .isEqualTo(201);
        issues.add(id);
      }
    }
    try (IssueTracker old =
        Instances.pooled(issuetracker.r2026_10.Main.release(), database, "acme")) {
      Client before = new Client(old.port(), "acme");
      for (int i = 0; i < WORDS.size(); i++) {
        assertThat(before.get("/issues/" + issues.get(i)).text("priority")).isEqualTo(WORDS.get(i));
        assertThat(before.get("/issues?priority=" + WORDS.get(i)).json().requiredObjects("issues"))
            .hasSize(1);
        assertThat(before.get("/issues/" + issues.get(i) + "/comments").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void the_contract_ends_the_old_release_and_does_not_disturb_the_new_one() throws Exception {
    expandAndBackfill();
    try (IssueTracker old =
            Instances.pooled(issuetracker.r2026_10.Main.release(), database, "acme");
        IssueTracker young =
            Instances.pooled(issuetracker.r2026_11.Main.release(), database, "acme")) {
      Client after = new Client(young.port(), "acme");
      AtomicBoolean contracted = new AtomicBoolean();
      together(
          List.of(
              // Long enough for every statement to be prepared on the server before the column
              // goes.
              () -> {
                changeAll(after, create(after, 10), 2, 60);
                database.migrate("app", Releases.V4);
                contracted.set(true);
                return null;
              },
              () -> {
                do {
                  changeAll(after, create(after, 2), 1, 10);
                } while (!contracted.get());
                return null;
              }));
      assertThat(changeAll(after, create(after, 10), 3, 30)).isNull();
      assertThat(after.get("/ready").status()).isEqualTo(200);
      assertThat(new Client(old.port(), "acme").get("/ready").text("error"))
          .isEqualTo("schema app in database pool has no column issue.priority");
    }
    assertThat(
            database.query(
                """
                SELECT string_agg(attname || CASE WHEN attnotnull THEN ' not null' ELSE '' END, ', ')
                FROM pg_attribute
                WHERE attrelid = 'app.issue'::regclass AND attname LIKE 'priority%' AND NOT attisdropped
                """))
        .isEqualTo("priority_v2 not null");
    assertThat(
            database.query("SELECT count(*) FROM pg_proc WHERE proname = 'issue_priority_in_step'"))
        .isEqualTo("0");
  }

  @Test
  void the_preflight_names_rows_that_the_migration_could_not_carry_over() throws Exception {
    insertOld(3);
    assertThat(preflight()).isEqualTo("no row");
    database.execute("ALTER TABLE app.issue DROP CONSTRAINT issue_priority_is_known");
    database.execute("UPDATE app.issue SET priority = 'blocker' WHERE title = 'old 2'");
    assertThat(preflight())
        .contains("of tenant acme has the priority 'blocker'")
        .contains("none of low, normal, high, urgent");
    database.migrate("app", Releases.V2);
    // Without the preflight it would not be silently lost either.
    assertThatThrownBy(() -> database.execute("UPDATE app.issue SET body = 'x'"))
        .hasMessageContaining("issue_priority_v2_is_set");
  }

  private String preflight() throws SQLException {
    return database.queryIn("app", Releases.read(Releases.PREFLIGHT));
  }

  private void expandAndBackfill() throws SQLException {
    database.migrate("app", Releases.V2);
    database.migrate("app", Releases.V3);
  }

  private void insertOld(int count) throws SQLException {
    database.execute(
        """
        INSERT INTO app.issue (tenant_id, id, title, body, status, priority)
        SELECT 'acme', gen_random_uuid(), 'old ' || n, '', 'open',
          (ARRAY['low', 'normal', 'high', 'urgent'])[n %% 4 + 1]
        FROM generate_series(1, %d) n
        """
            .formatted(count));
  }

  private List<UUID> ids(String sql) throws SQLException {
    return Arrays.stream(database.query(sql).split(",")).map(UUID::fromString).toList();
  }

  private static List<UUID> create(Client client, int count) throws Exception {
    List<UUID> issues = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      UUID id = UUID.randomUUID();
      assertThat(client.createIssue(id, WORDS.get(i % 4)).status()).isEqualTo(201);
      issues.add(id);
    }
    return issues;
  }

  /// Changes priorities round about; every answer has to be 200 and to show what was asked for.
  private static Void changeAll(Client client, List<UUID> issues, int offset, int count)
      throws Exception {
    for (int i = 0; i < count; i++) {
      String word = WORDS.get((i * 3 + offset) % 4);
      Client.Answer answer =
          client.patch(issues.get((i + offset) % issues.size()), "{\"priority\":\"" + word + "\"}");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text("priority")).isEqualTo(word);
    }
    return null;
  }

  private static void together(List<Callable<Void>> parts) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> part : threads.invokeAll(parts)) {
        part.get();
      }
    }
  }
}
