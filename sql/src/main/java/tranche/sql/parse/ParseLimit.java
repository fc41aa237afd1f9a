package tranche.sql.parse;

import tranche.sql.tree.Node;

/// How much is read at once.
public enum ParseLimit {
  /// The text is longer than [#MOST_BYTES].
  LENGTH("16 MB of text"),
  /// The tree needs more memory than the grammar has.
  MEMORY("128 MB of memory for the syntax tree"),
  /// Expressions are nested more deeply than [Node#DEEPEST].
  DEPTH(Node.DEEPEST + " levels of nesting");

  /// The longest text, in bytes of UTF-8.
  public static final int MOST_BYTES = 16 << 20;

  private final String words;

  ParseLimit(String words) {
    this.words = words;
  }

  /// The limit in words, such as `16 MB of text`.
  public String words() {
    return words;
  }
}
