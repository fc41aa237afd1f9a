package tranche.postgres.control;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import tranche.engine.journal.Fence;
import tranche.engine.journal.Leases;

/// The lease as a row, by the database's clock. `clock_timestamp()`, not `now()`: a statement that
/// waited for the row must not judge it by the time at which it began to wait.
final class PostgresLeases implements Leases {
  private final Database database;

  PostgresLeases(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Fence> acquire(String holder, Duration time) {
    Objects.requireNonNull(holder);
    long millis = Limits.lease(time).toMillis();
    return database.call(handle ->
        handle
            .createQuery(
                """
                UPDATE tranche_control.lease
                SET holder = :holder,
                    epoch = epoch + 1,
                    expires_at = clock_timestamp() + :millis * interval '1 millisecond'
                WHERE name = 'control'
                  AND (holder IS NULL OR holder = :holder OR expires_at <= clock_timestamp())
                RETURNING epoch
                """)
            .bind("holder", holder)
            .bind("millis", millis)
            .mapTo(Long.class)
            .findOne()
            .map(Fence::new));
  }

  @Override
  public boolean renew(Fence fence, Duration time) {
    long millis = Limits.lease(time).toMillis();
    return database.call(handle ->
        handle
                .createUpdate(
                    """
                    UPDATE tranche_control.lease
                    SET expires_at = clock_timestamp() + :millis * interval '1 millisecond'
                    WHERE name = 'control'
                      AND epoch = :epoch
                      AND holder IS NOT NULL
                    """)
                .bind("millis", millis)
                .bind("epoch", fence.epoch())
                .execute()
            == 1);
  }

  @Override
  public void release(Fence fence) {
    int _ =
        database.call(handle ->
            handle
                .createUpdate(
                    """
                    UPDATE tranche_control.lease
                    SET holder = NULL, expires_at = NULL
                    WHERE name = 'control'
                      AND epoch = :epoch
                    """)
                .bind("epoch", fence.epoch())
                .execute());
  }
}
