package tranche.config.flyway;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads `flyway.toml`, as much of TOML as such files have: tables, dotted and quoted keys, texts
/// of all four kinds, numbers, truth values, lists and inline tables of them.
final class FlywayTomlText {
  private static final int MAX_DEPTH = 16;

  private final Path file;
  private final String text;
  private final Map<String, FlywayEntry> entries = new LinkedHashMap<>();
  private int at;

  private FlywayTomlText(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  /// The values by their whole keys, dots between the parts.
  static Map<String, FlywayEntry> entries(Path file, String text) {
    FlywayTomlText toml = new FlywayTomlText(file, text.replace("\r\n", "\n"));
    toml.read();
    return toml.entries;
  }

  private void read() {
    String table = "";
    for (skipBlank(); at < text.length(); skipBlank()) {
      if (peek() == '[') {
        boolean isList = text.startsWith("[[", at);
        at += isList ? 2 : 1;
        table = key() + ".";
        expect(isList ? "]]" : "]");
      } else {
        pair(table, 0);
      }
      endOfLine();
    }
  }

  private void pair(String table, int depth) {
    int line = line();
    String key = table + key();
    expect("=");
    skipSpaces();
    if (peek() == '{') {
      inlineTable(key + ".", depth + 1);
    } else if (peek() == '[') {
      put(key, new FlywayEntry(list(depth + 1), true, line));
    } else {
      put(key, new FlywayEntry(List.of(scalar()), false, line));
    }
  }

  private void put(String key, FlywayEntry entry) {
    if (entries.putIfAbsent(key, entry) != null) {
      throw wrong("the key was given before");
    }
  }

  private void inlineTable(String prefix, int depth) {
    requireShallow(depth);
    expect("{");
    skipBlank();
    while (peek() != '}') {
      pair(prefix, depth);
      skipBlank();
      if (peek() == ',') {
        at++;
        skipBlank();
      } else if (peek() != '}') {
        throw wrong("expected is , or }");
      }
    }
    at++;
  }

  private List<String> list(int depth) {
    requireShallow(depth);
    expect("[");
    List<String> values = new ArrayList<>();
    skipBlank();
    while (peek() != ']') {
      if (peek() == '[') {
        values.addAll(list(depth + 1));
      } else {
        values.add(scalar());
      }
      skipBlank();
      if (peek() == ',') {
        at++;
        skipBlank();
      } else if (peek() != ']') {
        throw wrong("expected is , or ]");
      }
    }
    at++;
    return values;
  }

  private void requireShallow(int depth) {
    if (depth > MAX_DEPTH) {
      throw wrong("it is nested too deeply");
    }
  }

  private String key() {
    StringBuilder key = new StringBuilder();
    do {
      if (!key.isEmpty()) {
        at++;
        key.append('.');
      }
      skipSpaces();
      key.append(peek() == '"' || peek() == '\'' ? quoted() : bare());
      skipSpaces();
    } while (peek() == '.');
    return key.toString();
  }

  private String bare() {
    int start = at;
    while (at < text.length() && isBare(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw wrong("expected is a key");
    }
    return text.substring(start, at);
  }

  private static boolean isBare(char c) {
    return c == '_' || c == '-' || Character.isLetterOrDigit(c);
  }

  private String scalar() {
    if (peek() == '"' || peek() == '\'') {
      return quoted();
    }
    int start = at;
    while (at < text.length() && ",]}#\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String value = text.substring(start, at).strip();
    if (value.isEmpty() || value.chars().anyMatch(Character::isWhitespace)) {
      throw wrong("expected is a value");
    }
    return value;
  }

  private String quoted() {
    String one = String.valueOf(peek());
    String three = one.repeat(3);
    boolean isLong = text.startsWith(three, at);
    String mark = isLong ? three : one;
    at += mark.length();
    if (isLong && peek() == '\n') {
      at++;
    }
    StringBuilder value = new StringBuilder();
    while (!text.startsWith(mark, at)) {
      if (at >= text.length() || (!isLong && peek() == '\n')) {
        throw wrong("a text does not end");
      }
      value.append(peek() == '\\' && one.equals("\"") ? escape() : text.charAt(at++));
    }
    at += mark.length();
    return value.toString();
  }

  private String escape() {
    at++;
    char c = peek();
    at++;
    return switch (c) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case 'b' -> "\b";
      case 'f' -> "\f";
      case '"', '\\' -> String.valueOf(c);
      case 'u' -> unicode(4);
      case 'U' -> unicode(8);
      case '\n' -> {
        skipBlankWithoutComments();
        yield "";
      }
      default -> throw wrong("\\" + c + " means nothing in a text");
    };
  }

  private String unicode(int digits) {
    int end = Math.min(text.length(), at + digits);
    try {
      String letter = Character.toString(Integer.parseInt(text.substring(at, end), 16));
      at = end;
      return letter;
    } catch (IllegalArgumentException e) {
      throw wrong("expected are " + digits + " hexadecimal digits");
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private void expect(String mark) {
    skipSpaces();
    if (!text.startsWith(mark, at)) {
      throw wrong("expected is " + mark);
    }
    at += mark.length();
  }

  private void endOfLine() {
    skipSpaces();
    if (at < text.length() && peek() != '\n' && peek() != '#') {
      throw wrong("expected is the end of the line");
    }
  }

  private void skipSpaces() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  private void skipBlankWithoutComments() {
    while (at < text.length() && Character.isWhitespace(peek())) {
      at++;
    }
  }

  private void skipBlank() {
    skipBlankWithoutComments();
    while (peek() == '#') {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
      skipBlankWithoutComments();
    }
  }

  private int line() {
    return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  private RuntimeException wrong(String what) {
    return new FlywayConfigProblem(file, line(), what).exception();
  }
}
