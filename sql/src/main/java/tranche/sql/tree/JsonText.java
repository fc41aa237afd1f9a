package tranche.sql.tree;

import java.nio.charset.StandardCharsets;

/// JSON as libpg_query writes it: without blanks between its parts, numbers without fractions.
final class JsonText {
  private final byte[] bytes;
  private final Names names = new Names();
  private int at;

  JsonText(byte[] bytes) {
    this.bytes = bytes;
  }

  int next() {
    return at < bytes.length ? bytes[at++] : -1;
  }

  int peek() {
    return at < bytes.length ? bytes[at] : -1;
  }

  void expect(char character) {
    if (next() != character) {
      throw unexpected();
    }
  }

  void word(String word) {
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i));
    }
  }

  long number() {
    boolean isNegative = peek() == '-';
    if (isNegative) {
      at++;
    }
    int start = at;
    long value = 0;
    while (peek() >= '0' && peek() <= '9') {
      value = Math.addExact(Math.multiplyExact(value, 10), bytes[at++] - '0');
    }
    if (at == start) {
      throw unexpected();
    }
    return isNegative ? -value : value;
  }

  /// A field's name, after its first quote.
  String name() {
    int start = at;
    int hash = 0;
    while (peek() != '"') {
      if (peek() < 0) {
        throw unexpected();
      }
      hash = 31 * hash + bytes[at++];
    }
    return names.of(bytes, start, at++, hash);
  }

  /// A text, after its first quote.
  String text() {
    int start = at;
    while (peek() != '"' && peek() != '\\') {
      step();
    }
    if (peek() == '"') {
      return new String(bytes, start, at++ - start, StandardCharsets.UTF_8);
    }
    return textWithEscapes(start);
  }

  private void step() {
    if (at >= bytes.length) {
      throw unexpected();
    }
    at++;
  }

  private String textWithEscapes(int start) {
    StringBuilder text = new StringBuilder();
    int from = start;
    while (peek() != '"') {
      if (peek() == '\\') {
        text.append(new String(bytes, from, at - from, StandardCharsets.UTF_8));
        at++;
        text.append(escaped());
        from = at;
      } else {
        step();
      }
    }
    return text.append(new String(bytes, from, at++ - from, StandardCharsets.UTF_8)).toString();
  }

  private char escaped() {
    int character = next();
    return switch (character) {
      case '"', '\\', '/' -> (char) character;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw unexpected();
    };
  }

  private char unicode() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(next(), 16);
      if (digit < 0) {
        throw unexpected();
      }
      value = (value << 4) | digit;
    }
    return (char) value;
  }

  IllegalStateException unexpected() {
    return new IllegalStateException("the grammar wrote unexpected JSON at " + at);
  }
}
