package tranche.sql.parse;

import tranche.sql.tree.Node;

/// How much is read at once.
public enum ParseLimit {
  /// The text is longer than [#MOST_BYTES].
  LENGTH("16 MB of text"),
  /// The tree needs more than [#MOST_MEMORY], or more than [#MOST_JSON] when it is written out.
  MEMORY("128 MB of memory for a statement's syntax tree"),
  /// Reading it takes too long: PostgreSQL's own reader needs time with the square of the length
  /// for some texts, such as thousands of comments in each other.
  WORK("the steps that reading a text of this length may take"),
  /// Expressions are nested more deeply than [Node#DEEPEST].
  DEPTH(Node.DEEPEST + " levels of nesting");

  /// The longest text, in bytes of UTF-8.
  public static final int MOST_BYTES = 16 << 20;

  /// The most memory of the grammar, in bytes; 33 MB of it are its stack.
  static final int MOST_MEMORY = 128 << 20;

  /// The longest tree written out, in bytes. It takes about six times as much as objects.
  static final int MOST_JSON = 32 << 20;

  private static final long REPEATS = 10_000_000;
  private static final long REPEATS_PER_BYTE = 100;
  private static final long MOST_REPEATS = 200_000_000;

  private final String words;

  ParseLimit(String words) {
    this.words = words;
  }

  /// How often loops may go round for a text of this many bytes. Ordinary SQL needs about six for a
  /// byte; the most takes some ten seconds.
  static long repeatsFor(int bytes) {
    return Math.min(REPEATS + REPEATS_PER_BYTE * bytes, MOST_REPEATS);
  }

  /// The limit in words, such as `16 MB of text`.
  public String words() {
    return words;
  }
}
