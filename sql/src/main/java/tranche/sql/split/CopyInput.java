package tranche.sql.split;

/// The data after `COPY ... FROM stdin;`: from the next line to one that is `\.` and nothing else.
///
/// @param start where it begins
/// @param end where it ends
/// @param next where the script goes on
/// @param isEnded whether there is a line that ends it
/// @param obstacle where something else stands between semicolon and data, or -1
record CopyInput(int start, int end, int next, boolean isEnded, int obstacle) {
  private static final String MARK = "\\.";

  /// Finds the data.
  ///
  /// @param from the place after the semicolon
  static CopyInput after(String script, int from) {
    int line = script.indexOf('\n', from);
    int start = line < 0 ? script.length() : line + 1;
    for (int i = from; i < start; i++) {
      if (script.startsWith("--", i)) {
        break;
      }
      if (!Scanner.isBlank(script.charAt(i))) {
        return new CopyInput(start, start, start, false, i);
      }
    }
    return fromLine(script, start);
  }

  private static CopyInput fromLine(String script, int start) {
    int at = start;
    while (at < script.length()) {
      int end = script.indexOf('\n', at);
      int next = end < 0 ? script.length() : end + 1;
      if (script.startsWith(MARK, at) && script.substring(at, next).strip().equals(MARK)) {
        return new CopyInput(start, at, next, true, -1);
      }
      at = next;
    }
    return new CopyInput(start, at, at, false, -1);
  }
}
