package tranche.sql.parse;

import java.util.Optional;

/// Characters that no text in PostgreSQL can hold: the server refuses them before it reads on.
final class UnreadableText {
  private UnreadableText() {}

  /// The first such character, in the server's words.
  static Optional<ParseResult.SyntaxError> in(TextRange range) {
    String sql = range.part();
    for (int i = 0; i < sql.length(); i++) {
      char character = sql.charAt(i);
      if (character == 0) {
        return Optional.of(error(range, i, "0x00"));
      }
      if (Character.isSurrogate(character)) {
        boolean isPair =
            i + 1 < sql.length() && Character.isSurrogatePair(character, sql.charAt(i + 1));
        if (!isPair) {
          return Optional.of(error(range, i, bytesOf(character)));
        }
        i++;
      }
    }
    return Optional.empty();
  }

  private static ParseResult.SyntaxError error(TextRange range, int offset, String bytes) {
    String message = "invalid byte sequence for encoding \"UTF8\": " + bytes;
    return range.errorAt(offset, message);
  }

  private static String bytesOf(char surrogate) {
    int last = 0x80 | (surrogate & 0x3f);
    int middle = 0x80 | ((surrogate >> 6) & 0x3f);
    return "0x%02x 0x%02x 0x%02x".formatted(0xe0 | (surrogate >> 12), middle, last);
  }
}
