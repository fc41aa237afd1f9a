package tranche.app.cli.render;

/// Colours as marks inside of a line, from the private use area of Unicode.
///
/// Marks have no width. [#finish] turns them into escape sequences after it has removed every
/// control character: text from elsewhere can therefore not move the cursor or set a title, and
/// only what is written here is coloured.
final class Paint {
  private static final char END = '\uE000';
  private static final char GOOD = '\uE001';
  private static final char BAD = '\uE002';
  private static final char BUSY = '\uE003';
  private static final char HELD = '\uE004';
  private static final char DIM = '\uE005';
  private static final char STRONG = '\uE006';
  private static final char LAST = STRONG;

  private static final String FANCY = "✔◐○‖✕–→─├└│█▏▎▍▌▋▊▉░·…≤−×’“”";
  private static final String SIMPLE = "+>.=x->-|`|#....###.|.<-x'\"\"";

  private Paint() {}

  static String good(String text) {
    return GOOD + text + END;
  }

  static String bad(String text) {
    return BAD + text + END;
  }

  static String busy(String text) {
    return BUSY + text + END;
  }

  static String held(String text) {
    return HELD + text + END;
  }

  static String dim(String text) {
    return DIM + text + END;
  }

  static String strong(String text) {
    return STRONG + text + END;
  }

  private static boolean isMark(int character) {
    return character >= END && character <= LAST;
  }

  /// How many columns the text takes.
  static int width(String text) {
    return (int) text.codePoints().filter(c -> !isMark(c)).count();
  }

  static String padRight(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  static String padLeft(String text, int width) {
    return " ".repeat(Math.max(0, width - width(text))) + text;
  }

  /// The text, or its beginning with an ellipsis if it is wider than that.
  static String clip(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int columns = 0;
    boolean isOpen = false;
    for (int character : text.codePoints().toArray()) {
      if (isMark(character)) {
        isOpen = character != END;
      } else if (++columns >= width) {
        break;
      }
      kept.appendCodePoint(character);
    }
    return kept.toString().stripTrailing() + "…" + (isOpen ? END : "");
  }

  static String finish(String line, Look look) {
    StringBuilder text = new StringBuilder();
    line.codePoints()
        .forEach(character -> {
          if (isMark(character)) {
            text.append(look.ink() == Look.Ink.COLOUR ? escape(character) : "");
          } else if (isHarmless(character)) {
            text.appendCodePoint(look.glyphs() == Look.Glyphs.ASCII ? ascii(character) : character);
          }
        });
    return text.toString().stripTrailing();
  }

  private static boolean isHarmless(int character) {
    int type = Character.getType(character);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE;
  }

  private static int ascii(int character) {
    if (character < 128) {
      return character;
    }
    int place = FANCY.indexOf(character);
    return place < 0 ? '?' : SIMPLE.charAt(place);
  }

  private static String escape(int mark) {
    return switch ((char) mark) {
      case GOOD -> "\u001b[32m";
      case BAD -> "\u001b[1;31m";
      case BUSY -> "\u001b[36m";
      case HELD -> "\u001b[1;33m";
      case DIM -> "\u001b[2m";
      case STRONG -> "\u001b[1m";
      default -> "\u001b[0m";
    };
  }
}
