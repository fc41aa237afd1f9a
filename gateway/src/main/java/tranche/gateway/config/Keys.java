package tranche.gateway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tranche.core.problem.ProblemException;
import tranche.gateway.problem.StartProblem.ConfigWrong;

/// One JSON object of the configuration, read key by key with messages that name the key.
final class Keys {
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private final String file;
  private final String prefix;
  private final JsonNode node;

  Keys(String file, String prefix, JsonNode node) {
    this.file = file;
    this.prefix = prefix;
    this.node = node;
    if (!node.isObject()) {
      throw wrong("", "not an object", "a JSON object");
    }
  }

  /// Refuses every other key.
  void only(String... names) {
    Set<String> known = Set.of(names);
    for (String name : node.propertyNames()) {
      if (!known.contains(name)) {
        throw wrong(name, "unknown", "one of " + String.join(", ", names));
      }
    }
  }

  /// An object; an absent one counts as empty.
  Keys object(String key) {
    JsonNode value = node.get(key);
    return new Keys(
        file, prefix + key + ".", value == null ? JsonNodeFactory.instance.objectNode() : value);
  }

  String text(String key) {
    JsonNode value = node.get(key);
    if (value == null || !value.isString() || value.stringValue().isEmpty()) {
      throw wrong(key, shape(value), "a text that is not empty");
    }
    return value.stringValue();
  }

  String headerName(String key, String absent) {
    if (node.get(key) == null) {
      return absent;
    }
    String name = text(key);
    if (!HEADER_NAME.matcher(name).matches()) {
      throw wrong(key, name, "a header name of letters, digits and hyphens");
    }
    return name;
  }

  List<String> texts(String key, String... absent) {
    JsonNode value = node.get(key);
    if (value == null) {
      return List.of(absent);
    }
    if (!value.isArray() || value.isEmpty()) {
      throw wrong(key, shape(value), "a list that is not empty");
    }
    List<String> result = new ArrayList<>();
    for (JsonNode item : value) {
      if (!item.isString()) {
        throw wrong(key, shape(item), "a list of texts");
      }
      result.add(item.stringValue());
    }
    return result;
  }

  /// A whole number; a negative `absent` makes the key required.
  long number(String key, long absent, long min, long max) {
    JsonNode value = node.get(key);
    if (value == null && absent >= 0) {
      return absent;
    }
    String expected = "a whole number from " + min + " to " + max;
    if (value == null || !value.canConvertToLong() || !value.isIntegralNumber()) {
      throw wrong(key, shape(value), expected);
    }
    long number = value.longValue();
    if (number < min || number > max) {
      throw wrong(key, Long.toString(number), expected);
    }
    return number;
  }

  ProblemException wrong(String key, String found, String expected) {
    return new ProblemException(new ConfigWrong(file, prefix + key, found, expected));
  }

  private static String shape(@Nullable JsonNode value) {
    return value == null ? "missing" : "of type " + value.getNodeType();
  }
}
