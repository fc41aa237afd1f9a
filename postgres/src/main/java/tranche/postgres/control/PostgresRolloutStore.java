package tranche.postgres.control;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import tranche.core.rollout.Event;
import tranche.core.rollout.Plan;
import tranche.core.rollout.RolloutId;
import tranche.engine.journal.Fence;
import tranche.engine.rollout.RolloutStore;
import tranche.engine.rollout.ServiceProblem;
import tranche.postgres.json.StoredJson;

/// Plans and rollouts as tables. Whether a rollout has ended is written by the append that ends it.
final class PostgresRolloutStore implements RolloutStore {
  private static final Pattern HASH_PREFIX = Pattern.compile("[0-9a-f]{7,64}");

  private final Database database;
  private final FencedWrites writes;

  PostgresRolloutStore(Database database) {
    this.database = database;
    this.writes = new FencedWrites(database);
  }

  @Override
  public void save(Plan plan, Instant at) {
    int _ =
        database.call(handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO tranche_control.plan (hash, saved_at, content)
                    VALUES (:hash, :at, CAST(:content AS jsonb))
                    ON CONFLICT (hash) DO NOTHING
                    """)
                .bind("hash", plan.hash())
                .bind("at", at)
                .bind("content", StoredJson.PLAN.write(plan))
                .execute());
  }

  @Override
  public Optional<Plan> plan(String hashPrefix) {
    if (!HASH_PREFIX.matcher(hashPrefix).matches()) {
      return Optional.empty();
    }
    List<Plan> found =
        database.call(handle ->
            handle
                .createQuery(
                    """
                    SELECT content
                    FROM tranche_control.plan
                    WHERE hash >= :prefix
                      AND hash < :prefix || 'g'
                    LIMIT 2
                    """)
                .bind("prefix", hashPrefix)
                .map((row, _) -> StoredJson.PLAN.read(row.getString("content")))
                .list());
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  @Override
  public List<StoredPlan> plans(int limit) {
    Limits.page(limit);
    return database.call(handle ->
        handle
            .createQuery(
                """
                SELECT content, saved_at
                FROM tranche_control.plan
                ORDER BY saved_at DESC, number DESC
                LIMIT :limit
                """)
            .bind("limit", limit)
            .map((row, _) ->
                new StoredPlan(
                    StoredJson.PLAN.read(row.getString("content")),
                    Database.instant(row, "saved_at")))
            .list());
  }

  @Override
  public RolloutRecord start(Plan plan, String by, Fence fence) {
    Objects.requireNonNull(by);
    return writes.once(
        fence,
        (handle, append) -> {
          long first = JournalHead.take(handle, 1);
          requireNoneUnfinished(handle);
          requireStored(handle, plan);
          RolloutRecord rollout = insert(handle, plan, by);
          var started = List.<Event>of(new Event.Started(plan.hash(), by));
          var draft = PostgresJournal.Draft.of(rollout.id(), fence, started);
          PostgresJournal.insert(handle, draft, first, rollout.startedAt(), append);
          return rollout;
        },
        PostgresRolloutStore::readStarted);
  }

  private static Optional<RolloutRecord> readStarted(Handle handle, UUID append) {
    return PostgresJournal.readAppend(handle, append)
        .flatMap(entries -> find(handle, entries.getFirst().rollout()));
  }

  private static void requireNoneUnfinished(Handle handle) {
    unfinished(handle).stream()
        .findFirst()
        .ifPresent(r -> {
          throw new ServiceProblem.RolloutInProgress(r.id().value()).exception();
        });
  }

  private static void requireStored(Handle handle, Plan plan) {
    boolean isStored =
        handle
            .createQuery("SELECT EXISTS (SELECT FROM tranche_control.plan WHERE hash = :hash)")
            .bind("hash", plan.hash())
            .mapTo(Boolean.class)
            .one();
    if (!isStored) {
      throw new ServiceProblem.UnknownPlan(plan.id()).exception();
    }
  }

  /// The number is the highest plus one; the journal head's lock, held here, makes that unique.
  private static RolloutRecord insert(Handle handle, Plan plan, String by) {
    return handle
        .createQuery(
            """
            INSERT INTO tranche_control.rollout
              (id, number, plan, started_by, started_at, last_at)
            SELECT 'r-' || number, number, :plan, :by, at, at
            FROM (
              SELECT coalesce(max(number), 0) + 1 AS number, clock_timestamp() AS at
              FROM tranche_control.rollout
            ) AS next
            RETURNING id, plan, started_by, started_at
            """)
        .bind("plan", plan.hash())
        .bind("by", by)
        .map(PostgresRolloutStore::rollout)
        .one();
  }

  @Override
  public List<RolloutRecord> rollouts(int limit) {
    Limits.page(limit);
    return database.call(handle ->
        handle
            .createQuery(
                """
                SELECT id, plan, started_by, started_at
                FROM tranche_control.rollout
                ORDER BY number DESC
                LIMIT :limit
                """)
            .bind("limit", limit)
            .map(PostgresRolloutStore::rollout)
            .list());
  }

  @Override
  public Optional<RolloutRecord> rollout(RolloutId id) {
    return database.call(handle -> find(handle, id));
  }

  private static Optional<RolloutRecord> find(Handle handle, RolloutId id) {
    return handle
        .createQuery(
            """
            SELECT id, plan, started_by, started_at
            FROM tranche_control.rollout
            WHERE id = :id
            """)
        .bind("id", id.value())
        .map(PostgresRolloutStore::rollout)
        .findOne();
  }

  @Override
  public List<RolloutRecord> unfinished() {
    return database.call(PostgresRolloutStore::unfinished);
  }

  private static List<RolloutRecord> unfinished(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT id, plan, started_by, started_at
            FROM tranche_control.rollout
            WHERE ended_at IS NULL
            ORDER BY number
            """)
        .map(PostgresRolloutStore::rollout)
        .list();
  }

  private static RolloutRecord rollout(ResultSet row, StatementContext context)
      throws SQLException {
    return new RolloutRecord(
        new RolloutId(row.getString("id")),
        row.getString("plan"),
        row.getString("started_by"),
        Database.instant(row, "started_at"));
  }
}
