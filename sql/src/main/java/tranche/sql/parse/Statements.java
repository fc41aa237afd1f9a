package tranche.sql.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import tranche.sql.tree.Node;

/// Takes the grammar's answer apart into statements.
final class Statements {
  private Statements() {}

  static List<ParsedStatement> of(Node root, TextRange range, Utf8 text) {
    List<ParsedStatement> statements = new ArrayList<>();
    String whole = range.text();
    int line = range.line();
    int counted = range.start();
    for (Node raw : root.children("stmts")) {
      int start = (int) raw.number("stmt_location").orElse(0);
      int offset = range.start() + text.character(start);
      for (; counted < offset; counted++) {
        line += whole.charAt(counted) == '\n' ? 1 : 0;
      }
      String own = whole.substring(offset, end(raw, range, text)).stripTrailing();
      statements.add(new ParsedStatement(own, offset, line, raw.child("stmt").orElseThrow()));
    }
    return statements;
  }

  /// The last statement has no length if nothing ends it.
  private static int end(Node raw, TextRange range, Utf8 text) {
    OptionalLong length = raw.number("stmt_len");
    if (length.isEmpty()) {
      return range.end();
    }
    long start = raw.number("stmt_location").orElse(0);
    return range.start() + text.character((int) (start + length.getAsLong()));
  }
}
