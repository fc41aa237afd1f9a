package tranche.app.cli.watch;

/// A line cut off at the edge of the screen: one that went on in the next row would shift all that
/// is drawn afterwards. Colours take no room and are ended.
final class Clip {
  private static final char ESCAPE = '\u001b';

  private Clip() {}

  static String to(String line, int width) {
    StringBuilder kept = new StringBuilder();
    int columns = 0;
    int place = 0;
    boolean isColoured = false;
    while (place < line.length()) {
      if (line.charAt(place) == ESCAPE) {
        int end = line.indexOf('m', place) + 1;
        kept.append(line, place, end);
        isColoured = true;
        place = end;
      } else if (columns == width) {
        return kept + (isColoured ? "\u001b[0m" : "");
      } else {
        int character = line.codePointAt(place);
        kept.appendCodePoint(character);
        place += Character.charCount(character);
        columns++;
      }
    }
    return kept.toString();
  }
}
