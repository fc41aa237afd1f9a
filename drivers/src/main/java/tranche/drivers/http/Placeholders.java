package tranche.drivers.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// The names that texts of a suite may contain in braces, and their values.
final class Placeholders {
  private static final Pattern NAME = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_-]*)}");

  private final Map<String, String> values;

  Placeholders(Map<String, String> values) {
    this.values = new HashMap<>(values);
  }

  void capture(String name, String value) {
    values.put(name, value);
  }

  /// In a path: values are percent-encoded, except `/`.
  String inPath(String text) throws CheckFinding {
    return filled(
        text,
        value ->
            URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("*", "%2A"));
  }

  /// In JSON text: values are escaped for use between quotes.
  String inJson(String text) throws CheckFinding {
    return filled(
        text,
        value -> {
          String quoted = JsonMapper.shared().writeValueAsString(value);
          return quoted.substring(1, quoted.length() - 1);
        });
  }

  /// In plain text: values as they are.
  String inText(String text) throws CheckFinding {
    return filled(text, UnaryOperator.identity());
  }

  private String filled(String text, UnaryOperator<String> written) throws CheckFinding {
    StringBuilder result = new StringBuilder();
    Matcher matcher = NAME.matcher(text);
    while (matcher.find()) {
      String value = values.get(matcher.group(1));
      if (value == null) {
        throw new CheckFinding(
            "nothing is known as " + matcher.group() + ": no earlier check captures it");
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(written.apply(value)));
    }
    return matcher.appendTail(result).toString();
  }
}
