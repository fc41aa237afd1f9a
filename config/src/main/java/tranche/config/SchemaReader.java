package tranche.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tranche.config.problem.ConfigProblem;
import tranche.config.yaml.YamlMap;
import tranche.config.yaml.YamlValue;
import tranche.core.reference.StoreReference;

/// Reads the section `schema`.
final class SchemaReader {
  private static final Predicate<String> NAME =
      Pattern.compile("[A-Za-z0-9_.:-]{1,128}").asMatchPredicate();
  private static final Predicate<String> SCHEMA =
      Pattern.compile("[^\\p{Cntrl}/]{1,63}").asMatchPredicate();

  private SchemaReader() {}

  static SchemaConfig schema(Optional<YamlValue> value, Path folder) {
    return value.map(v -> schema(v, folder)).orElse(SchemaConfig.NONE);
  }

  private static SchemaConfig schema(YamlValue value, Path folder) {
    YamlMap map = value.map("migrations", "shared", "placeholders", "search_path", "references");
    return new SchemaConfig(
        folder(map, "migrations", folder),
        folder(map, "shared", folder),
        map.optional("placeholders").map(SchemaReader::placeholders).orElse(Map.of()),
        map.optional("search_path").map(SchemaReader::searchPath).orElse(List.of()),
        map.optional("references").map(SchemaReader::references).orElse(List.of()));
  }

  private static Optional<Path> folder(YamlMap map, String key, Path folder) {
    return map.optional(key).map(v -> folder.resolve(v.text()).normalize());
  }

  private static Map<String, String> placeholders(YamlValue value) {
    Map<String, String> placeholders = new LinkedHashMap<>();
    value
        .entries()
        .forEach((name, text) -> {
          if (!NAME.test(name)) {
            throw new ConfigProblem.WrongValue(
                    text.where(),
                    "schema.placeholders",
                    name,
                    "a name of letters, digits, '_', '.', ':' and '-'")
                .exception();
          }
          placeholders.put(name, text.text());
        });
    return placeholders;
  }

  private static List<String> searchPath(YamlValue value) {
    return value.list().stream().map(v -> v.text(SCHEMA, "the name of a schema")).toList();
  }

  private static List<StoreReference> references(YamlValue value) {
    return value.list().stream().map(SchemaReader::reference).toList();
  }

  private static StoreReference reference(YamlValue value) {
    return StoreReference.parse(value.text())
        .orElseThrow(() ->
            new ConfigProblem.WrongValue(
                    value.where(), "schema.references", value.text(), StoreReference.FORM)
                .exception());
  }
}
