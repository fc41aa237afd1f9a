package tranche.sql.parse;

/// A part of a larger text that is parsed by itself. Places in the result are places in the larger
/// text.
///
/// @param text the larger text
/// @param start where the part begins, in characters from 0
/// @param end where it ends
/// @param line the line where it begins, from 1
public record TextRange(String text, int start, int end, int line) {
  /// Checks the order.
  public TextRange {
    if (start < 0 || end < start || end > text.length() || line < 1) {
      throw new IllegalArgumentException(start + " to " + end + ", line " + line);
    }
  }

  /// A place as people count.
  ///
  /// @param line from 1
  /// @param column in characters, from 1
  public record Place(int line, int column) {}

  /// All of a text.
  public static TextRange all(String text) {
    return new TextRange(text, 0, text.length(), 1);
  }

  /// The line and column of a place in a text.
  public static Place placeOf(String text, int offset) {
    int line = 1;
    int lineStart = 0;
    for (int end = text.indexOf('\n'); end >= 0 && end < offset; ) {
      line++;
      lineStart = end + 1;
      end = text.indexOf('\n', lineStart);
    }
    return new Place(line, offset - lineStart + 1);
  }

  /// The part itself.
  String part() {
    return text.substring(start, end);
  }

  ParseResult.SyntaxError errorAt(int offset, String message) {
    Place place = placeOf(text, start + offset);
    return new ParseResult.SyntaxError(message, start + offset, place.line(), place.column());
  }
}
