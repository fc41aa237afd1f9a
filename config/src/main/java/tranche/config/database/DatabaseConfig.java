package tranche.config.database;

import java.util.Optional;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;

/// A database as declared. `key` and `name` may contain `{tenant}` or `{region}`: then this stands
/// for one database per tenant or region. `create` tells whether Tranche creates it when it is
/// absent.
public record DatabaseConfig(
    String key, Server server, String name, Creation create, ApplicationAccess application) {
  /// Whether a database that is absent is created.
  public enum Creation {
    /// It is created.
    IF_ABSENT,
    /// It must be there.
    NEVER
  }

  /// Whether this is exactly one database.
  public boolean isPlain() {
    return Template.placeholders(key).isEmpty();
  }

  /// The one database that this is, if it is exactly one.
  public Optional<ResolvedDatabase> plain() {
    return isPlain() ? Optional.of(resolve("", "")) : Optional.empty();
  }

  /// The database of a tenant and region. The id keeps the words as they are; in the name `-`
  /// becomes `_`, as in [StoreId#schema()].
  public ResolvedDatabase resolve(String tenant, String region) {
    return new ResolvedDatabase(
        new DatabaseId(Template.words(key, tenant, region)),
        server,
        Template.name(name, tenant, region),
        create,
        application);
  }
}
