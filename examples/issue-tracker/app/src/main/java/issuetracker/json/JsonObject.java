package issuetracker.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A JSON object: names in the order they were put, values of type [String], [Number], [Boolean],
/// [JsonObject], [List] or null. The getters throw [JsonException] when the value has another type.
public final class JsonObject {
  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

  /// Adds or replaces a member and returns this object.
  public JsonObject put(String name, @Nullable Object value) {
    members.put(name, value);
    return this;
  }

  /// Adds or replaces a member, null when the value is absent, and returns this object.
  public JsonObject put(String name, Optional<?> value) {
    return put(name, value.orElse(null));
  }

  /// Adds a list of objects under a name and returns this object.
  public JsonObject putAll(String name, List<JsonObject> objects) {
    return put(name, List.copyOf(objects));
  }

  /// The names of all members, in order.
  public Set<String> names() {
    return Collections.unmodifiableSet(members.keySet());
  }

  /// Whether a member of this name was given, even if its value is null.
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /// The text under a name; empty when absent or null.
  public Optional<String> text(String name) {
    return value(name, String.class, "text");
  }

  /// The text under a name, which has to be there.
  public String requiredText(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  /// The whole number under a name, which has to be there.
  public int requiredInteger(String name) {
    Number number = value(name, Number.class, "a number").orElseThrow(() -> missing(name));
    if (number instanceof Integer integer) {
      return integer;
    }
    throw new JsonException("\"" + name + "\" must be a whole number below 2^31");
  }

  /// The object under a name, which has to be there.
  public JsonObject requiredObject(String name) {
    return value(name, JsonObject.class, "an object").orElseThrow(() -> missing(name));
  }

  /// The list of objects under a name, which has to be there.
  public List<JsonObject> requiredObjects(String name) {
    List<?> values = value(name, List.class, "a list").orElseThrow(() -> missing(name));
    List<JsonObject> objects = new ArrayList<>(values.size());
    for (Object value : values) {
      if (!(value instanceof JsonObject object)) {
        throw new JsonException("\"" + name + "\" must hold objects only");
      }
      objects.add(object);
    }
    return List.copyOf(objects);
  }

  /// The value under a name as it is; null when absent or null.
  public @Nullable Object value(String name) {
    return members.get(name);
  }

  Map<String, @Nullable Object> members() {
    return members;
  }

  private <T> Optional<T> value(String name, Class<T> type, String wanted) {
    Object value = members.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw new JsonException("\"" + name + "\" must be " + wanted);
    }
    return Optional.of(type.cast(value));
  }

  private static JsonException missing(String name) {
    return new JsonException("\"" + name + "\" is missing");
  }
}
