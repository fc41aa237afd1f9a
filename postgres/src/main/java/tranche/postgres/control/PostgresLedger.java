package tranche.postgres.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import tranche.core.fleet.TenantId;
import tranche.core.release.ReleaseId;
import tranche.core.rollout.LedgerEntry;
import tranche.core.rollout.RolloutId;
import tranche.engine.fleet.Ledger;
import tranche.engine.journal.LedgerChange;

/// The ledger as a table with a row per tenant that runs something.
final class PostgresLedger implements Ledger {
  private final Database database;

  PostgresLedger(Database database) {
    this.database = database;
  }

  @Override
  public Map<TenantId, LedgerEntry> entries() {
    return database.call(handle ->
        handle
            .createQuery("SELECT tenant, release, since, rollout FROM tranche_control.ledger")
            .map((row, _) ->
                new LedgerEntry(
                    new TenantId(row.getString("tenant")),
                    new ReleaseId(row.getString("release")),
                    Database.instant(row, "since"),
                    Optional.ofNullable(row.getString("rollout")).map(RolloutId::new)))
            .stream()
            .collect(Collectors.toMap(LedgerEntry::tenant, Function.identity())));
  }

  /// Makes the changes in the transaction of the journal's entries. The last change of a tenant
  /// counts. A tenant that already runs the release keeps its time and rollout: settling twice is
  /// settling once (I3).
  static void apply(Handle handle, RolloutId rollout, Instant at, List<LedgerChange> changes) {
    Map<TenantId, Optional<ReleaseId>> last = new LinkedHashMap<>();
    changes.forEach(c -> last.put(c.tenant(), c.release()));
    List<String> gone = new ArrayList<>();
    Map<String, String> set = new LinkedHashMap<>();
    last.forEach((tenant, release) ->
        release.ifPresentOrElse(
            r -> set.put(tenant.value(), r.value()), () -> gone.add(tenant.value())));
    if (!set.isEmpty()) {
      upsert(handle, rollout, at, set);
    }
    if (!gone.isEmpty()) {
      int _ =
          handle
              .createUpdate("DELETE FROM tranche_control.ledger WHERE tenant = ANY (:tenants)")
              .bindArray("tenants", String.class, gone)
              .execute();
    }
  }

  private static void upsert(
      Handle handle, RolloutId rollout, Instant at, Map<String, String> releases) {
    int _ =
        handle
            .createUpdate(
                """
                INSERT INTO tranche_control.ledger AS mine (tenant, release, since, rollout)
                SELECT tenant, release, :at, :rollout
                FROM unnest(:tenants, :releases) AS given (tenant, release)
                ON CONFLICT (tenant) DO UPDATE
                SET release = excluded.release, since = excluded.since, rollout = excluded.rollout
                WHERE mine.release <> excluded.release
                """)
            .bind("at", at)
            .bind("rollout", rollout.value())
            .bindArray("tenants", String.class, List.copyOf(releases.keySet()))
            .bindArray("releases", String.class, List.copyOf(releases.values()))
            .execute();
  }
}
