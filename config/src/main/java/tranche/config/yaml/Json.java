package tranche.config.yaml;

import java.util.regex.Pattern;

/// Writes YAML data as JSON text without spaces.
///
/// A scalar without quotes that is a JSON number, `true`, `false` or nothing becomes that; every
/// other scalar becomes a string.
public final class Json {
  private static final Pattern LITERAL =
      Pattern.compile("true|false|-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

  private Json() {}

  /// The JSON text of a value.
  public static String text(YamlNode node) {
    StringBuilder out = new StringBuilder();
    write(node, out);
    return out.toString();
  }

  private static void write(YamlNode node, StringBuilder out) {
    switch (node) {
      case YamlNode.Scalar scalar -> out.append(scalar(scalar));
      case YamlNode.Sequence sequence -> {
        String comma = "[";
        for (YamlNode item : sequence.items()) {
          write(item, out.append(comma));
          comma = ",";
        }
        out.append(sequence.items().isEmpty() ? "[]" : "]");
      }
      case YamlNode.Mapping mapping -> {
        String comma = "{";
        for (var entry : mapping.entries().entrySet()) {
          write(entry.getValue(), out.append(comma).append(quoted(entry.getKey())).append(':'));
          comma = ",";
        }
        out.append(mapping.entries().isEmpty() ? "{}" : "}");
      }
    }
  }

  private static String scalar(YamlNode.Scalar scalar) {
    if (scalar.isNull()) {
      return "null";
    }
    boolean literal =
        scalar.style() == YamlNode.Style.PLAIN && LITERAL.matcher(scalar.text()).matches();
    return literal ? scalar.text() : quoted(scalar.text());
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> out.append(needsEscape(text, i) ? escaped(c) : String.valueOf(c));
      }
    }
    return out.append('"').toString();
  }

  private static boolean needsEscape(String text, int i) {
    char c = text.charAt(i);
    return c < ' ' || (Character.isSurrogate(c) && isLone(text, i));
  }

  private static boolean isLone(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
        : i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
  }

  private static String escaped(char c) {
    return String.format("\\u%04x", (int) c);
  }
}
