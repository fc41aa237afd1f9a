package tranche.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tranche.config.problem.ConfigProblem;
import tranche.config.yaml.Json;
import tranche.config.yaml.YamlFile;
import tranche.core.problem.ProblemException;

/// The schema for editors and the reader must agree.
final class JsonSchemaTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private record Place(String pointer, JsonNode schema) {}

  private final JsonNode root = schema();

  private static JsonNode schema() {
    try (InputStream in =
        JsonSchemaTest.class.getResourceAsStream("/tranche/config/tranche.schema.json")) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<Error> errors(String yaml) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(root);
    return schema.validate(Json.text(YamlFile.parse("f.yaml", yaml)), InputFormat.JSON);
  }

  @Test
  void the_documented_example_fulfils_the_schema() throws IOException {
    assertThat(errors(ConfigFolder.documentedExample())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown-key-top",
        "unknown-key-nested",
        "missing-databases",
        "empty-databases",
        "missing-placement",
        "wrong-duration",
        "wrong-integer",
        "wrong-integer-out-of-range",
        "wrong-choice",
        "schema-in-upper-case",
        "list-instead-of-map",
        "map-instead-of-list",
        "text-instead-of-map",
        "empty-tranches",
        "tranche-called-contract",
        "no-tenant-source"
      })
  void what_the_schema_can_see_it_refuses_as_the_reader_does(String name) throws IOException {
    String yaml = ConfigFolder.text(Path.of("src/test/resources/config-cases", name + ".yaml"));

    assertThat(errors(yaml)).isNotEmpty();
  }

  @Test
  void every_map_of_the_file_has_the_same_keys_for_the_schema_and_the_reader(@TempDir Path temp)
      throws IOException {
    JsonNode example =
        JSON.readTree(Json.text(YamlFile.parse("f.yaml", ConfigFolder.documentedExample())));
    List<Place> places = new ArrayList<>();
    collect("", example, root, places);
    ConfigFolder folder = new ConfigFolder(temp);

    assertThat(places).hasSizeGreaterThan(30);
    for (Place place : places) {
      JsonNode changed = example.deepCopy();
      ((ObjectNode) changed.at(place.pointer())).put("zzz", 1);
      assertThat(known(folder, changed.toString()))
          .as(place.pointer())
          .containsExactlyInAnyOrderElementsOf(place.schema().get("properties").propertyNames());
    }
  }

  private void collect(String pointer, JsonNode value, JsonNode schema, List<Place> places) {
    JsonNode resolved =
        schema.has("$ref") ? root.at(schema.get("$ref").stringValue().substring(1)) : schema;
    if (resolved.has("properties")) {
      places.add(new Place(pointer, resolved));
    }
    for (var entry : value.properties()) {
      JsonNode below =
          resolved.has("properties")
              ? resolved.get("properties").get(entry.getKey())
              : resolved.get("additionalProperties");
      collect(pointer + "/" + entry.getKey(), entry.getValue(), below, places);
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      collect(pointer + "/" + i, value.get(i), resolved.get("items"), places);
    }
  }

  private static List<String> known(ConfigFolder folder, String text) throws IOException {
    try {
      folder.read(text);
      throw new AssertionError("an unknown key was read: " + text);
    } catch (ProblemException e) {
      Stream<ConfigProblem> problems =
          e.problem() instanceof ConfigProblem.SeveralErrors several
              ? several.problems().stream()
              : Stream.of((ConfigProblem) e.problem());
      return problems
          .filter(p -> p instanceof ConfigProblem.UnknownKey u && u.key().equals("zzz"))
          .map(p -> ((ConfigProblem.UnknownKey) p).known())
          .findFirst()
          .orElseThrow();
    }
  }
}
