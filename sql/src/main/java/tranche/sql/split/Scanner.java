package tranche.sql.split;

/// Finds PostgreSQL's tokens as far as they decide where a statement can end: what is a comment, a
/// quoted text or name, a word, and everything else, one character at a time.
///
/// `standard_conforming_strings` is taken to be on, as it is since PostgreSQL 9.1.
final class Scanner {
  /// What a token is.
  enum Token {
    /// Blanks or a comment.
    GAP,
    /// A name without quotes, or a keyword.
    WORD,
    /// A quoted text or name, a number, or a comment that does not end: the grammar says what is
    /// wrong with it.
    VALUE,
    /// Any other single character.
    SIGN,
    /// The end of the text.
    END
  }

  private final String text;
  private int start;
  private int at;

  Scanner(String text) {
    this.text = text;
  }

  void moveTo(int offset) {
    at = offset;
  }

  /// Where the last token begins.
  int start() {
    return start;
  }

  /// Where it ends, and the next begins.
  int end() {
    return at;
  }

  /// Whether the last token is this sign.
  boolean isSign(char sign) {
    return text.charAt(start) == sign;
  }

  /// Whether the last token is this word, in any case.
  boolean isWord(String word) {
    return at - start == word.length() && text.regionMatches(true, start, word, 0, word.length());
  }

  /// Reads the next token.
  Token next() {
    start = at;
    if (at >= text.length()) {
      return Token.END;
    }
    char character = text.charAt(at);
    if (isBlank(character)) {
      return skipBlanks();
    }
    if (startsWith("--")) {
      at = endOfLine(at);
      return Token.GAP;
    }
    if (startsWith("/*")) {
      return comment();
    }
    if (isWordStart(character)) {
      return word();
    }
    if (isDigit(character)) {
      at = endOfNumber();
      return Token.VALUE;
    }
    return switch (character) {
      case '\'', '"' -> quoted(character);
      case '$' -> dollar();
      default -> {
        at++;
        yield Token.SIGN;
      }
    };
  }

  private boolean startsWith(String prefix) {
    return text.startsWith(prefix, at);
  }

  private Token skipBlanks() {
    do {
      at++;
    } while (at < text.length() && isBlank(text.charAt(at)));
    return Token.GAP;
  }

  static boolean isBlank(char character) {
    return character == ' ' || (character >= '\t' && character <= '\r');
  }

  private static boolean isWordStart(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || character == '_'
        || character >= 0x80;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private int endOfLine(int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private Token comment() {
    int end = endOfComment();
    at = end < 0 ? text.length() : end;
    return end < 0 ? Token.VALUE : Token.GAP;
  }

  private int endOfComment() {
    int depth = 0;
    int i = at;
    while (i < text.length()) {
      if (text.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else if (text.startsWith("*/", i)) {
        depth--;
        i += 2;
        if (depth == 0) {
          return i;
        }
      } else {
        i++;
      }
    }
    return -1;
  }

  private Token word() {
    boolean escapes = (text.charAt(at) | 0x20) == 'e' && text.startsWith("'", at + 1);
    if (escapes) {
      at = endOfEscapedText(at + 2);
      return Token.VALUE;
    }
    while (at < text.length() && isWordPart(text.charAt(at))) {
      at++;
    }
    return Token.WORD;
  }

  private static boolean isWordPart(char character) {
    return isWordStart(character) || isDigit(character) || character == '$';
  }

  private int endOfNumber() {
    int end = at;
    while (end < text.length()
        && (text.charAt(end) == '.' || (text.charAt(end) != '$' && isWordPart(text.charAt(end))))) {
      end++;
    }
    return end;
  }

  private Token quoted(char quote) {
    int end = text.indexOf(quote, at + 1);
    at = end < 0 ? text.length() : end + 1;
    return Token.VALUE;
  }

  /// A text in which `\'` does not end it. It goes on, as such a text, after a line break.
  private int endOfEscapedText(int from) {
    int i = from;
    while (i < text.length()) {
      char character = text.charAt(i);
      if (character == '\\') {
        i += 2;
      } else if (character != '\'') {
        i++;
      } else if (text.startsWith("'", i + 1)) {
        i += 2;
      } else {
        int next = continued(i + 1);
        if (next < 0) {
          return i + 1;
        }
        i = next;
      }
    }
    return text.length();
  }

  /// Where the text goes on if only blanks with a line break among them lie between, otherwise -1.
  private int continued(int from) {
    boolean hasBreak = false;
    int i = from;
    while (i < text.length() && isBlank(text.charAt(i))) {
      hasBreak |= text.charAt(i) == '\n' || text.charAt(i) == '\r';
      i++;
    }
    return hasBreak && text.startsWith("'", i) ? i + 1 : -1;
  }

  /// `$1`, `$$ ... $$`, `$tag$ ... $tag$`, or the sign alone.
  private Token dollar() {
    int i = at + 1;
    if (i < text.length() && isWordStart(text.charAt(i))) {
      while (i < text.length() && isWordPart(text.charAt(i)) && text.charAt(i) != '$') {
        i++;
      }
    }
    if (i >= text.length() || text.charAt(i) != '$') {
      at++;
      return Token.SIGN;
    }
    String delimiter = text.substring(at, i + 1);
    int end = text.indexOf(delimiter, i + 1);
    at = end < 0 ? text.length() : end + delimiter.length();
    return Token.VALUE;
  }
}
