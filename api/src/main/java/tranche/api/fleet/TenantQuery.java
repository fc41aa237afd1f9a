package tranche.api.fleet;

import java.util.Optional;

/// Which tenants to list, and which page of them: 1 to 1,000 at a time. `q` is a part of an id.
public record TenantQuery(
    Optional<String> tier,
    Optional<String> region,
    Optional<String> release,
    Optional<String> model,
    Optional<String> q,
    int limit,
    Optional<String> cursor) {
  /// How many there are on a page when nobody says.
  public static final int DEFAULT_LIMIT = 100;

  /// Everybody, from the first.
  public static TenantQuery all() {
    return new TenantQuery(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        DEFAULT_LIMIT,
        Optional.empty());
  }

  /// The same question, for the page at that cursor.
  public TenantQuery at(String nextCursor) {
    return new TenantQuery(tier, region, release, model, q, limit, Optional.of(nextCursor));
  }
}
