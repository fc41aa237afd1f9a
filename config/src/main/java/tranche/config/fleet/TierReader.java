package tranche.config.fleet;

import java.util.Map;
import java.util.Set;
import tranche.config.database.Template;
import tranche.config.problem.ConfigProblem;
import tranche.config.yaml.YamlMap;
import tranche.config.yaml.YamlValue;
import tranche.core.fleet.IsolationModel;
import tranche.core.fleet.Stickiness;

/// Reads where the tenants of a tier live: `placement`, `cell`, `instances` and `sticky`.
public final class TierReader {
  private static final Map<String, IsolationModel> MODELS =
      Map.of(
          "row", IsolationModel.ROW,
          "schema", IsolationModel.SCHEMA,
          "database", IsolationModel.DATABASE,
          "hybrid", IsolationModel.HYBRID);
  private static final Map<String, Stickiness> STICKY =
      Map.of("tenant", Stickiness.TENANT, "user", Stickiness.USER, "none", Stickiness.NONE);
  private static final String SCHEMA_WORDS =
      "a schema name of lower-case letters, digits and '_', with {tenant} or {region} where needed";

  private final Set<String> databases;

  /// Placements may name these keys of `databases`.
  public TierReader(Set<String> databases) {
    this.databases = Set.copyOf(databases);
  }

  /// The tier of that name.
  ///
  /// @throws tranche.core.problem.ProblemException [ConfigProblem]
  public TierConfig read(String name, YamlMap map) {
    return new TierConfig(
        name,
        placement(map.required("placement", "{model: row, database: pool, schema: app}")),
        map.required("cell", "the name of the cell that serves the tier")
            .text(
                t -> Template.isWellFormed(t) && t.length() <= 128,
                "a cell name of at most 128 characters, with {tenant} or {region} where needed"),
        map.optional("instances").map(v -> v.integer(1, 100)).orElse(1),
        map.optional("sticky").map(v -> v.choice(STICKY)).orElse(Stickiness.TENANT));
  }

  private PlacementTemplate placement(YamlValue value) {
    YamlMap map = value.map("model", "database", "schema", "shared", "own");
    IsolationModel model = map.required("model", "row, schema, database or hybrid").choice(MODELS);
    return model == IsolationModel.HYBRID ? hybrid(map) : single(model, map);
  }

  private PlacementTemplate single(IsolationModel model, YamlMap map) {
    map.only("model", "database", "schema");
    return new PlacementTemplate.Single(model, store(map));
  }

  private PlacementTemplate hybrid(YamlMap map) {
    map.only("model", "shared", "own");
    YamlValue shared = map.required("shared", "{database: pool, schema: app}");
    YamlValue own = map.required("own", "{database: pool, schema: 't_{tenant}'}");
    return new PlacementTemplate.Hybrid(
        store(shared.map("database", "schema")), store(own.map("database", "schema")));
  }

  private StoreTemplate store(YamlMap map) {
    YamlValue database = map.required("database", "a key of databases");
    if (!databases.isEmpty() && !databases.contains(database.text())) {
      throw database.wrong(
          "a key of databases: " + String.join(", ", databases.stream().sorted().toList()));
    }
    String schema =
        map.required("schema", SCHEMA_WORDS)
            .text(
                t ->
                    Template.isWellFormed(t)
                        && Template.words(t, "t", "r").matches("[a-z_][a-z0-9_]*"),
                SCHEMA_WORDS);
    return new StoreTemplate(database.text(), schema);
  }
}
