package tranche.config.fleet;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.config.problem.ConfigProblem;
import tranche.config.problem.Findings;
import tranche.config.problem.Where;

/// Lists the tenants of all sources as they are now.
public final class TenantSources {
  /// How many tenants a fleet may have.
  public static final int MAX_TENANTS = 100_000;

  private final SqlRows sql;

  /// Runs SQL sources through `sql`.
  public TenantSources(SqlRows sql) {
    this.sql = sql;
  }

  /// The tenants, source by source in their order.
  ///
  /// @throws tranche.core.problem.ProblemException [ConfigProblem], or what `sql` throws
  public List<TenantRow> read(List<TenantSource> sources) {
    Findings findings = new Findings();
    List<TenantRow> rows = new ArrayList<>();
    for (TenantSource source : sources) {
      findings.attempt(() -> rows(source, findings)).ifPresent(rows::addAll);
    }
    findings.throwIfAny();
    if (!rows.isEmpty()) {
      requireFew(rows.size(), rows.getLast().where());
    }
    return rows;
  }

  private List<TenantRow> rows(TenantSource source, Findings findings) {
    return switch (source) {
      case TenantSource.Csv csv -> csv(csv, findings);
      case TenantSource.Inline(List<TenantRow> rows) -> rows;
      case TenantSource.Sql query -> query(query, findings);
    };
  }

  private static List<TenantRow> csv(TenantSource.Csv csv, Findings findings) {
    if (!Files.exists(csv.file())) {
      throw new ConfigProblem.MissingFile(Optional.of(csv.where()), "tenants.csv", csv.file())
          .exception();
    }
    return new CsvTenants(csv.file(), findings).read();
  }

  private List<TenantRow> query(TenantSource.Sql query, Findings findings) {
    List<Map<String, String>> found = sql.rows(query.database(), query.query());
    List<TenantRow> rows = new ArrayList<>();
    for (int i = 1; i <= found.size(); i++) {
      Map<String, String> columns = found.get(i - 1);
      Where where = Where.row(query.database().value(), i);
      requireFew(i, where);
      findings.attempt(() -> row(columns, where)).ifPresent(rows::add);
    }
    return rows;
  }

  private static TenantRow row(Map<String, String> columns, Where where) {
    for (String column : columns.keySet()) {
      if (!RowReader.COLUMNS.contains(column)) {
        throw new ConfigProblem.UnknownKey(where, column, RowReader.COLUMNS).exception();
      }
    }
    return RowReader.read(columns, where);
  }

  static void requireFew(int tenants, Where where) {
    if (tenants > MAX_TENANTS) {
      throw RowReader.wrong(
          where, "the number of tenants", "more", "at most " + MAX_TENANTS + " tenants");
    }
  }
}
