package tranche.sql.split;

/// Says in which line a place is, for places that only move forward: each line is counted once.
final class LineCounter {
  private final String text;
  private int at;
  private int line = 1;

  LineCounter(String text) {
    this.text = text;
  }

  int lineOf(int offset) {
    for (int end = text.indexOf('\n', at); end >= 0 && end < offset; ) {
      line++;
      at = end + 1;
      end = text.indexOf('\n', at);
    }
    return line;
  }
}
