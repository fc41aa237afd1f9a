package issuetracker.json;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Text to [JsonObject] and back. Duplicate names, more than 16 levels and anything after the
/// object are refused.
public final class Json {
  private static final int MAX_DEPTH = 16;
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  /// Reads UTF-8 text that holds exactly one object.
  ///
  /// @throws JsonException when it holds anything else
  public static JsonObject read(byte[] utf8) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonException("the text is not a JSON object");
      }
      JsonObject object = object(parser, 1);
      if (parser.nextToken() != null) {
        throw new JsonException("there is text after the end of the JSON object");
      }
      return object;
    } catch (JacksonException e) {
      // The parser's own message may repeat part of the text, which may be secret.
      throw new JsonException("the text is not JSON" + place(e.getLocation()));
    }
  }

  /// Writes an object as UTF-8 text on one line.
  public static byte[] write(JsonObject object) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator generator =
        FACTORY.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      write(generator, object);
    }
    return bytes.toByteArray();
  }

  private static String place(@Nullable TokenStreamLocation location) {
    // There is none when a limit of the parser is broken, such as the length of a number.
    return location == null
        ? " that can be read"
        : " from line " + location.getLineNr() + " column " + location.getColumnNr() + " on";
  }

  private static JsonObject object(JsonParser parser, int depth) {
    JsonObject object = new JsonObject();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      object.put(name, value(parser, depth + 1));
    }
    return object;
  }

  private static @Nullable Object value(JsonParser parser, int depth) {
    if (depth > MAX_DEPTH) {
      throw new JsonException("the text has more than " + MAX_DEPTH + " levels");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, depth);
      case START_ARRAY -> list(parser, depth);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case END_ARRAY, END_OBJECT, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new JsonException("the text is not JSON");
    };
  }

  private static List<@Nullable Object> list(JsonParser parser, int depth) {
    List<@Nullable Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(parser, depth + 1));
    }
    return values;
  }

  private static void write(JsonGenerator generator, @Nullable Object value) {
    switch (value) {
      case null -> generator.writeNull();
      case JsonObject object -> {
        generator.writeStartObject();
        for (Map.Entry<String, @Nullable Object> member : object.members().entrySet()) {
          generator.writeName(member.getKey());
          write(generator, member.getValue());
        }
        generator.writeEndObject();
      }
      case List<?> values -> {
        generator.writeStartArray();
        values.forEach(item -> write(generator, item));
        generator.writeEndArray();
      }
      case String text -> generator.writeString(text);
      case Boolean flag -> generator.writeBoolean(flag);
      case Integer number -> generator.writeNumber(number);
      case Long number -> generator.writeNumber(number);
      case Double number -> generator.writeNumber(number);
      // Ids, times and enumerations are written as what they print.
      case Object other -> generator.writeString(other.toString());
    }
  }
}
