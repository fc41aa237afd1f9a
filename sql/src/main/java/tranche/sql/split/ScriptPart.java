package tranche.sql.split;

import tranche.sql.tree.Node;

/// One thing that a script does.
public sealed interface ScriptPart {
  /// The statement without its semicolon and without comments before it.
  String text();

  /// Where it begins in the script, in characters from 0.
  int offset();

  /// The line where it begins, from 1.
  int line();

  /// The statement's syntax tree; places in it are places in the script.
  Node tree();

  /// A statement.
  record Sql(String text, int offset, int line, Node tree) implements ScriptPart {}

  /// `COPY ... FROM stdin` with its data.
  ///
  /// @param text the COPY statement
  /// @param data what the server is to read, with the end of its last line and without the line
  ///   `\.`
  record CopyData(String text, String data, int offset, int line, Node tree)
      implements ScriptPart {}
}
