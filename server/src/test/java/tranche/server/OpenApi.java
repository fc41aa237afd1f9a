package tranche.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The document that describes the API, asked by tests.
final class OpenApi {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final JsonNode document;

  /// An example of the document and the schema it claims to fit.
  record Example(String place, JsonNode schema, JsonNode value) {}

  OpenApi(String yaml) {
    Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    this.document = JSON.valueToTree(loaded);
  }

  JsonNode document() {
    return document;
  }

  /// Every operation by `METHOD /path`.
  Map<String, JsonNode> operations() {
    Map<String, JsonNode> operations = new TreeMap<>();
    for (var path : document.path("paths").properties()) {
      for (var member : path.getValue().properties()) {
        if (!member.getKey().equals("parameters")) {
          operations.put(
              member.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
              member.getValue());
        }
      }
    }
    return operations;
  }

  /// The parameters of an operation in that place (`query`, `path` or `header`), those of its path
  /// included.
  List<String> parameters(String operation, String place) {
    List<JsonNode> all = new ArrayList<>();
    String path = operation.substring(operation.indexOf(' ') + 1);
    document.path("paths").path(path).path("parameters").forEach(all::add);
    operations().get(operation).path("parameters").forEach(all::add);
    return all.stream()
        .map(this::resolve)
        .filter(p -> p.path("in").asString().equals(place))
        .map(p -> p.path("name").asString())
        .sorted()
        .toList();
  }

  /// The schema of an answer of an operation, `default` if there is none for the status.
  JsonNode answer(String operation, int status) {
    JsonNode responses = operations().get(operation).path("responses");
    JsonNode response = responses.path(String.valueOf(status));
    JsonNode described = resolve(response.isMissingNode() ? responses.path("default") : response);
    return described.path("content").properties().iterator().next().getValue().path("schema");
  }

  /// The schema of what an operation takes.
  JsonNode request(String operation) {
    return operations()
        .get(operation)
        .path("requestBody")
        .path("content")
        .path("application/json")
        .path("schema");
  }

  JsonNode schema(String name) {
    return document.path("components").path("schemas").path(name);
  }

  private JsonNode resolve(JsonNode node) {
    String reference = node.path("$ref").asString("");
    return reference.isEmpty() ? node : document.at(reference.substring(1));
  }

  /// Every example of the document, wherever a media type has one.
  List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    collect("#", document, examples);
    return examples;
  }

  private static void collect(String place, JsonNode node, List<Example> examples) {
    if (node.isObject() && node.has("schema")) {
      if (node.has("example")) {
        examples.add(new Example(place, node.path("schema"), node.path("example")));
      }
      for (var example : node.path("examples").properties()) {
        examples.add(
            new Example(
                place + "/" + example.getKey(),
                node.path("schema"),
                example.getValue().path("value")));
      }
    }
    for (var member : node.properties()) {
      collect(place + "/" + member.getKey(), member.getValue(), examples);
    }
    if (node.isArray()) {
      node.forEach(item -> collect(place + "[]", item, examples));
    }
  }

  /// What is wrong with a value; empty if it fits.
  List<String> violations(JsonNode schema, JsonNode value) {
    ObjectNode whole = JSON.createObjectNode();
    whole.set("components", document.path("components"));
    whole.putArray("allOf").add(schema);
    Schema compiled = REGISTRY.getSchema(whole);
    return compiled.validate(value).stream().map(Object::toString).toList();
  }

  void requireFit(String what, JsonNode schema, String json) {
    assertThat(violations(schema, JSON.readTree(json))).as(what + " " + json).isEmpty();
  }
}
