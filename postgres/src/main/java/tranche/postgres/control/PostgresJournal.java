package tranche.postgres.control;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import tranche.core.rollout.Event;
import tranche.core.rollout.JournalEntry;
import tranche.core.rollout.RolloutId;
import tranche.engine.journal.Fence;
import tranche.engine.journal.Journal;
import tranche.engine.journal.LedgerChange;
import tranche.engine.rollout.ServiceProblem;
import tranche.postgres.json.StoredJson;

/// The journal as a table that only grows.
final class PostgresJournal implements Journal {
  private final Database database;
  private final FencedWrites writes;

  PostgresJournal(Database database) {
    this.database = database;
    this.writes = new FencedWrites(database);
  }

  @Override
  public List<JournalEntry> append(
      RolloutId rollout, Fence fence, List<Event> events, List<LedgerChange> ledger) {
    if (events.isEmpty() || events.size() > Limits.APPEND) {
      throw new IllegalArgumentException("an append of " + events.size() + " events");
    }
    Draft draft = Draft.of(rollout, fence, events);
    return writes.once(
        fence,
        (handle, id) -> {
          long first = JournalHead.take(handle, events.size());
          Instant at = touch(handle, draft);
          insert(handle, draft, first, at, id);
          PostgresLedger.apply(handle, rollout, at, ledger);
          return draft.entries(first, at);
        },
        PostgresJournal::readAppend);
  }

  /// Events of one rollout with their stored form. What is handed out is what will be read: an event
  /// that cannot be read back is found here and never written.
  record Draft(RolloutId rollout, Fence fence, List<Event> events, List<String> json) {
    static Draft of(RolloutId rollout, Fence fence, List<Event> events) {
      List<String> json = events.stream().map(StoredJson.EVENT::write).toList();
      return new Draft(rollout, fence, json.stream().map(StoredJson.EVENT::read).toList(), json);
    }

    List<JournalEntry> entries(long first, Instant at) {
      return java.util.stream.IntStream.range(0, events.size())
          .mapToObj(i -> new JournalEntry(first + i, rollout, at, fence.epoch(), events.get(i)))
          .toList();
    }

    boolean ends() {
      return events.stream()
          .anyMatch(e -> e instanceof Event.Finished || e instanceof Event.Cancelled);
    }
  }

  /// Notes the time of the append, which never runs backwards within a rollout, and its end.
  private static Instant touch(Handle handle, Draft draft) {
    return handle
        .createQuery(
            """
            UPDATE tranche_control.rollout
            SET last_at = greatest(last_at, clock_timestamp()),
                ended_at = CASE
                  WHEN :ends THEN coalesce(ended_at, greatest(last_at, clock_timestamp()))
                  ELSE ended_at
                END
            WHERE id = :rollout
            RETURNING last_at
            """)
        .bind("rollout", draft.rollout().value())
        .bind("ends", draft.ends())
        .map((row, _) -> Database.instant(row, "last_at"))
        .findOne()
        .orElseThrow(() -> new ServiceProblem.UnknownRollout(draft.rollout().value()).exception());
  }

  static void insert(Handle handle, Draft draft, long first, Instant at, UUID append) {
    int _ =
        handle
            .createUpdate(
                """
                INSERT INTO tranche_control.journal (seq, rollout, at, epoch, append, event)
                SELECT :first + place - 1, :rollout, :at, :epoch, :append, CAST(event AS jsonb)
                FROM unnest(:events) WITH ORDINALITY AS given (event, place)
                """)
            .bind("first", first)
            .bind("rollout", draft.rollout().value())
            .bind("at", at)
            .bind("epoch", draft.fence().epoch())
            .bind("append", append)
            .bindArray("events", String.class, draft.json())
            .execute();
  }

  static Optional<List<JournalEntry>> readAppend(Handle handle, UUID append) {
    List<JournalEntry> entries =
        handle
            .createQuery(
                """
                SELECT seq, rollout, at, epoch, event
                FROM tranche_control.journal
                WHERE append = :append
                ORDER BY seq
                """)
            .bind("append", append)
            .map(PostgresJournal::entry)
            .list();
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries);
  }

  @Override
  public List<JournalEntry> read(RolloutId rollout, long after, int limit) {
    Limits.page(limit);
    return database.call(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT seq, rollout, at, epoch, event
                    FROM tranche_control.journal
                    WHERE rollout = :rollout
                      AND seq > :after
                    ORDER BY seq
                    LIMIT :limit
                    """)
                .bind("rollout", rollout.value())
                .bind("after", after)
                .bind("limit", limit)
                .map(PostgresJournal::entry)
                .list());
  }

  @Override
  public List<JournalEntry> readAll(long after, int limit) {
    Limits.page(limit);
    return database.call(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT seq, rollout, at, epoch, event
                    FROM tranche_control.journal
                    WHERE seq > :after
                    ORDER BY seq
                    LIMIT :limit
                    """)
                .bind("after", after)
                .bind("limit", limit)
                .map(PostgresJournal::entry)
                .list());
  }

  @Override
  public long lastSequence() {
    return database.call(JournalHead::last);
  }

  private static JournalEntry entry(ResultSet row, StatementContext context) throws SQLException {
    return new JournalEntry(
        row.getLong("seq"),
        new RolloutId(row.getString("rollout")),
        Database.instant(row, "at"),
        row.getLong("epoch"),
        StoredJson.EVENT.read(row.getString("event")));
  }
}
