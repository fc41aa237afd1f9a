package tranche.sql.parse;

import java.util.List;

/// What the grammar says to a text.
public sealed interface ParseResult {
  /// The text is what it should be.
  ///
  /// @param statements in order; none if there are only blanks and comments
  record Parsed(List<ParsedStatement> statements) implements ParseResult {
    /// Copies.
    public Parsed {
      statements = List.copyOf(statements);
    }
  }

  /// The server would refuse the text.
  ///
  /// @param message in the server's words, such as `syntax error at or near "TABEL"`
  /// @param offset where, in characters from 0
  /// @param line where, from 1
  /// @param column where in that line, in characters from 1
  record SyntaxError(String message, int offset, int line, int column) implements ParseResult {}

  /// The text may be right, but is more than is read here.
  ///
  /// @param limit which limit it exceeds
  record Refused(ParseLimit limit) implements ParseResult {}
}
