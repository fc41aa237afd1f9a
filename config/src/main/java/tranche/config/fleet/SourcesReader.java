package tranche.config.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tranche.config.database.Template;
import tranche.config.problem.ConfigProblem;
import tranche.config.problem.Findings;
import tranche.config.yaml.YamlMap;
import tranche.config.yaml.YamlValue;
import tranche.core.fleet.DatabaseId;

/// Reads the `tenants` section.
public final class SourcesReader {
  private static final String[] COLUMNS = RowReader.COLUMNS.toArray(String[]::new);

  private final Path folder;
  private final Set<String> databases;
  private final Findings findings;

  /// Files are relative to `folder`; queries may name these keys of `databases`.
  public SourcesReader(Path folder, Set<String> databases, Findings findings) {
    this.folder = folder;
    this.databases = Set.copyOf(databases);
    this.findings = findings;
  }

  /// The sources in the order csv, inline, sql.
  ///
  /// @throws tranche.core.problem.ProblemException [ConfigProblem]
  public List<TenantSource> read(YamlValue value) {
    YamlMap map = value.map("csv", "inline", "sql");
    List<TenantSource> sources = new ArrayList<>();
    map.optional("csv").ifPresent(v -> sources.add(csv(v)));
    map.optional("inline").ifPresent(v -> sources.add(inline(v)));
    map.optional("sql").ifPresent(v -> sources.add(sql(v)));
    if (sources.isEmpty()) {
      throw value.wrong("at least one of csv, inline and sql");
    }
    return sources;
  }

  private TenantSource csv(YamlValue value) {
    Path file = folder.resolve(value.text());
    if (!Files.exists(file)) {
      throw new ConfigProblem.MissingFile(Optional.of(value.where()), value.key(), file)
          .exception();
    }
    return new TenantSource.Csv(file, value.where());
  }

  private TenantSource inline(YamlValue value) {
    return new TenantSource.Inline(findings.each(value.list(), SourcesReader::row));
  }

  private static TenantRow row(YamlValue value) {
    YamlMap map = value.map(COLUMNS);
    Map<String, String> columns = new HashMap<>();
    for (String column : COLUMNS) {
      map.optional(column).ifPresent(v -> columns.put(column, v.text()));
    }
    map.required("id", "the id of the tenant");
    return RowReader.read(columns, value.where());
  }

  private TenantSource sql(YamlValue value) {
    YamlMap map = value.map("database", "query");
    YamlValue database = map.required("database", "a key of databases");
    String key =
        database.text(
            t -> databases.contains(t) && Template.placeholders(t).isEmpty(),
            "a key of databases without placeholders");
    String query = map.required("query", "SELECT id, tier, region FROM tenants").block();
    return new TenantSource.Sql(new DatabaseId(key), query);
  }
}
