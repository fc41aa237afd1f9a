package issuetracker.api;

import issuetracker.http.Failure;
import issuetracker.issue.Words;
import issuetracker.json.JsonException;
import issuetracker.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// The members of a request body, read with their rules. Every broken rule is answered with 400.
final class Fields {
  private final JsonObject body;

  /// Refuses members that are not among the known ones: a misspelt name is not to be lost silently.
  Fields(JsonObject body, List<String> known) {
    this.body = body;
    for (String name : body.names()) {
      if (!known.contains(name)) {
        throw refused("there is no field of that name", "Use " + String.join(", ", known) + ".");
      }
    }
  }

  boolean has(String name) {
    return body.has(name);
  }

  /// A text that has to be there and is neither blank nor longer than `max` characters.
  String line(String name, int max) {
    return text(name, max)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> refused("\"" + name + "\" is missing or blank", "Give it a text."));
  }

  /// A text of at most `max` characters.
  Optional<String> text(String name, int max) {
    Optional<String> text = read(name);
    text.ifPresent(value -> check(name, value, max));
    return text;
  }

  /// A UUID; empty when absent or null.
  Optional<UUID> uuid(String name) {
    return read(name)
        .map(text -> {
          try {
            return UUID.fromString(text);
          } catch (IllegalArgumentException e) {
            throw refused("\"" + name + "\" is not a UUID", "Use the form 123e4567-e89b-….");
          }
        });
  }

  /// One of the words of an enumeration; empty when absent or null.
  <E extends Enum<E>> Optional<E> word(String name, Class<E> type) {
    return read(name).map(word -> word(name, type, word));
  }

  static <E extends Enum<E>> E word(String name, Class<E> type, String word) {
    return Words.read(type, word)
        .orElseThrow(() ->
            refused(
                "\"" + name + "\" is none of the known words",
                "Use " + String.join(", ", Words.all(type)) + "."));
  }

  /// The values of fields that a change may leave out, but not set to null.
  <T> Optional<T> given(String name, Function<String, Optional<T>> reader) {
    Optional<T> value = reader.apply(name);
    if (has(name) && value.isEmpty()) {
      throw refused("\"" + name + "\" is null", "Leave the field out to keep it as it is.");
    }
    return value;
  }

  static Failure refused(String error, String fix) {
    return new Failure(400, error, fix);
  }

  private Optional<String> read(String name) {
    try {
      return body.text(name);
    } catch (JsonException e) {
      throw refused(String.valueOf(e.getMessage()), "Send it as text.");
    }
  }

  /// Refuses a text that is too long or cannot be stored.
  static void check(String name, String value, int max) {
    if (value.length() > max) {
      throw refused(
          "\"" + name + "\" is longer than " + max + " characters", "Send a shorter text.");
    }
    // PostgreSQL cannot store NUL, and half a surrogate pair has no UTF-8 form.
    if (value.chars().anyMatch(c -> c == 0)
        || value.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
      throw refused(
          "\"" + name + "\" holds a character that cannot be stored", "Remove the character.");
    }
  }
}
