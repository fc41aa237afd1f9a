package tranche.postgres.control;

import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tranche.engine.request.IdempotencyKeys;

/// Answers by key, as a table. A claim is a row without an answer.
final class PostgresIdempotencyKeys implements IdempotencyKeys {
  private final Database database;

  PostgresIdempotencyKeys(Database database) {
    this.database = database;
  }

  @Override
  public Claim claim(String key, String requestHash) {
    if (key.isEmpty() || key.length() > KEY_LIMIT) {
      throw new IllegalArgumentException("a key of " + key.length() + " characters");
    }
    int _ = database.call(PostgresIdempotencyKeys::prune);
    UUID token = UUID.randomUUID();
    return database.transact(handle ->
        take(handle, key, requestHash, token)
            ? new Claim.Mine(token)
            : found(handle, key, requestHash));
  }

  /// Other callers' rows that are in use are left for the next time.
  private static int prune(Handle handle) {
    return handle
        .createUpdate(
            """
            DELETE FROM tranche_control.idempotency_key
            WHERE key IN (
              SELECT key
              FROM tranche_control.idempotency_key
              WHERE created_at < clock_timestamp() - :kept * interval '1 second'
              ORDER BY created_at
              LIMIT :most
              FOR UPDATE SKIP LOCKED
            )
            """)
        .bind("kept", KEPT.toSeconds())
        .bind("most", PRUNED_AT_ONCE)
        .execute();
  }

  /// Takes the key if it is new, too old to count, or claimed for this request by someone who died.
  private static boolean take(Handle handle, String key, String requestHash, UUID token) {
    return handle
            .createUpdate(
                """
                INSERT INTO tranche_control.idempotency_key AS mine (key, request_hash, token)
                VALUES (:key, :hash, :token)
                ON CONFLICT (key) DO UPDATE
                SET request_hash = excluded.request_hash,
                    token = excluded.token,
                    status = NULL,
                    body = NULL,
                    created_at = clock_timestamp()
                WHERE mine.created_at < clock_timestamp() - :kept * interval '1 second'
                   OR (mine.status IS NULL
                       AND mine.request_hash = excluded.request_hash
                       AND mine.created_at < clock_timestamp() - :patience * interval '1 second')
                """)
            .bind("key", key)
            .bind("hash", requestHash)
            .bind("token", token)
            .bind("kept", KEPT.toSeconds())
            .bind("patience", PATIENCE.toSeconds())
            .execute()
        == 1;
  }

  /// The conflicting insert before has locked the row, so it is there and stays as it is.
  private static Claim found(Handle handle, String key, String requestHash) {
    return handle
        .createQuery(
            """
            SELECT request_hash, status, body
            FROM tranche_control.idempotency_key
            WHERE key = :key
            """)
        .bind("key", key)
        .map((row, _) -> {
          if (!row.getString("request_hash").equals(requestHash)) {
            return new Claim.Conflict();
          }
          String body = row.getString("body");
          return body == null
              ? new Claim.Underway()
              : new Claim.Answered(new Answer(row.getInt("status"), body));
        })
        .one();
  }

  @Override
  public boolean finish(String key, UUID token, Answer answer) {
    return database.call(handle ->
        handle
                .createUpdate(
                    """
                    UPDATE tranche_control.idempotency_key
                    SET status = :status, body = :body
                    WHERE key = :key
                      AND token = :token
                      AND status IS NULL
                    """)
                .bind("key", key)
                .bind("token", token)
                .bind("status", answer.status())
                .bind("body", answer.body())
                .execute()
            == 1);
  }

  @Override
  public void abandon(String key, UUID token) {
    int _ =
        database.call(handle ->
            handle
                .createUpdate(
                    """
                    DELETE FROM tranche_control.idempotency_key
                    WHERE key = :key
                      AND token = :token
                      AND status IS NULL
                    """)
                .bind("key", key)
                .bind("token", token)
                .execute());
  }
}
