package tranche.postgres.control;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
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
          Written written = write(handle, draft, id);
          PostgresLedger.apply(handle, rollout, written.at(), ledger);
          return draft.entries(written.first(), written.at());
        },
        PostgresJournal::readAppend);
  }

  /// Where an append begins and when it was.
  private record Written(long first, Instant at) {}

  /// Events of one rollout with their stored form. What is handed out is what will be read: an
  /// event that cannot be read back is found here and never written.
  record Draft(RolloutId rollout, Fence fence, List<Event> events, List<String> json) {
    static Draft of(RolloutId rollout, Fence fence, List<Event> events) {
      List<String> json = events.stream().map(StoredJson.EVENT::write).toList();
      return new Draft(rollout, fence, json.stream().map(StoredJson.EVENT::read).toList(), json);
    }

    List<JournalEntry> entries(long first, Instant at) {
      return IntStream.range(0, events.size())
          .mapToObj(i -> new JournalEntry(first + i, rollout, at, fence.epoch(), events.get(i)))
          .toList();
    }

    boolean ends() {
      return events.stream()
          .anyMatch(e -> e instanceof Event.Finished || e instanceof Event.Cancelled);
    }
  }

  /// Takes the numbers, notes the time of the append, which never runs backwards within a rollout,
  /// and the rollout's end, and writes the entries: one statement, because this is what the engine
  /// waits for most. The lease's lock, which is held, puts appends one after the other, so it does
  /// not matter in which order the parts of the statement run.
  private static Written write(Handle handle, Draft draft, UUID append) {
    return bind(
            handle.createQuery(
                """
                WITH head AS (
                  UPDATE tranche_control.journal_head
                  SET seq = seq + :count
                  RETURNING seq - :count AS before
                ), touched AS (
                  UPDATE tranche_control.rollout
                  SET last_at = greatest(last_at, clock_timestamp()),
                      ended_at = CASE
                        WHEN :ends THEN coalesce(ended_at, greatest(last_at, clock_timestamp()))
                        ELSE ended_at
                      END
                  WHERE id = :rollout
                  RETURNING last_at
                )
                INSERT INTO tranche_control.journal (seq, rollout, at, epoch, append, event)
                SELECT before + place, :rollout, last_at, :epoch, :append, CAST(event AS jsonb)
                FROM head, touched, unnest(:events) WITH ORDINALITY AS given (event, place)
                RETURNING seq, at
                """),
            draft,
            append)
        .bind("count", draft.events().size())
        .bind("ends", draft.ends())
        .map((row, _) -> new Written(row.getLong("seq"), Database.instant(row, "at")))
        .stream()
        .min(Comparator.comparingLong(Written::first))
        .orElseThrow(() -> new ServiceProblem.UnknownRollout(draft.rollout().value()).exception());
  }

  /// Writes the entries of a rollout that has just been created.
  static void insert(Handle handle, Draft draft, long first, Instant at, UUID append) {
    int _ =
        bind(
                handle.createUpdate(
                    """
                    INSERT INTO tranche_control.journal (seq, rollout, at, epoch, append, event)
                    SELECT :first + place - 1, :rollout, :at, :epoch, :append, CAST(event AS jsonb)
                    FROM unnest(:events) WITH ORDINALITY AS given (event, place)
                    """),
                draft,
                append)
            .bind("first", first)
            .bind("at", at)
            .execute();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Draft draft, UUID append) {
    return statement
        .bind("rollout", draft.rollout().value())
        .bind("epoch", draft.fence().epoch())
        .bind("append", append)
        .bindArray("events", String.class, draft.json());
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
    return database.call(handle ->
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
    return database.call(handle ->
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
