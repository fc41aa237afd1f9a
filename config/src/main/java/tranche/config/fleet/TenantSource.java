package tranche.config.fleet;

import java.nio.file.Path;
import java.util.List;
import tranche.config.problem.Where;
import tranche.core.fleet.DatabaseId;

/// Where a list of tenants comes from.
public sealed interface TenantSource {
  /// A CSV file; `where` is the place that names it.
  record Csv(Path file, Where where) implements TenantSource {}

  /// Written in the configuration itself.
  record Inline(List<TenantRow> rows) implements TenantSource {
    public Inline {
      rows = List.copyOf(rows);
    }
  }

  /// The result of a read-only query.
  record Sql(DatabaseId database, String query) implements TenantSource {}
}
