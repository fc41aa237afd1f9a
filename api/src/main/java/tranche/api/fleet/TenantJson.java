package tranche.api.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A tenant: where it lives and what it runs.
///
/// `model` is `row`, `schema`, `database` or `hybrid`; `status` is `active`, `suspended` or `held`,
/// with the `reason` of a hold. `release`, `since` and `rollout` are absent while it runs nothing.
public record TenantJson(
    String id,
    String tier,
    String region,
    String model,
    String status,
    Optional<String> reason,
    String cell,
    List<StoreJson> stores,
    Optional<String> release,
    Optional<Instant> since,
    Optional<String> rollout) {
  public TenantJson {
    stores = List.copyOf(stores);
  }
}
