package tranche.sql.name;

/// Cuts a clause out of a statement's own text: the tree says where it begins, not where it ends.
public final class ClauseText {
  private final String text;
  private int at;

  private ClauseText(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /// The text from a place to the comma, closing parenthesis or end that ends the clause.
  ///
  /// @param statement a statement that was parsed without an error
  /// @param from where the clause begins, in characters
  public static String from(String statement, int from) {
    var clause = new ClauseText(statement, from);
    return statement.substring(from, clause.end()).strip();
  }

  private int end() {
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (depth == 0 && (c == ',' || c == ')')) {
        return at;
      }
      if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
      }
      step(c);
    }
    return text.length();
  }

  /// Goes behind one token; strings, quoted names and comments are one.
  private void step(char c) {
    switch (c) {
      case '\'' -> quoted('\'', isEscapeString());
      case '"' -> quoted('"', false);
      case '$' -> dollar();
      case '-' -> comment("--", "\n");
      case '/' -> comment("/*", "*/");
      default -> at++;
    }
  }

  private boolean isEscapeString() {
    boolean follows = at > 0 && (text.charAt(at - 1) == 'E' || text.charAt(at - 1) == 'e');
    return follows && (at < 2 || !Character.isJavaIdentifierPart(text.charAt(at - 2)));
  }

  private void quoted(char quote, boolean hasEscapes) {
    at++;
    while (at < text.length() && text.charAt(at) != quote) {
      at += hasEscapes && text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at + 1, text.length());
  }

  private void dollar() {
    int close = text.indexOf('$', at + 1);
    boolean isTag =
        close > 0
            && text.substring(at + 1, close).matches("([\\p{L}_][\\p{L}\\p{N}_]*)?")
            && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
    if (!isTag) {
      at++;
      return;
    }
    String tag = text.substring(at, close + 1);
    int end = text.indexOf(tag, close + 1);
    at = end < 0 ? text.length() : end + tag.length();
  }

  private void comment(String begin, String end) {
    if (!text.startsWith(begin, at)) {
      at++;
    } else if (begin.equals("/*")) {
      nested();
    } else {
      int close = text.indexOf(end, at);
      at = close < 0 ? text.length() : close;
    }
  }

  private void nested() {
    int depth = 0;
    do {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < text.length());
  }
}
