package tranche.app.schema.selection;

import java.util.List;

/// A pattern for names: `%` and `*` stand for any characters, `?` for exactly one. Everything else
/// stands for itself, `_` too, because names are full of it; a `\` takes the meaning from the
/// character behind it.
record NamePattern(String text) {
  private static final int ANY = -1;
  private static final int ONE = -2;

  /// Whether any of the patterns matches.
  static boolean anyMatches(List<NamePattern> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(name));
  }

  /// Whether it stands for one name only.
  boolean isPlain() {
    return java.util.Arrays.stream(parsed()).noneMatch(c -> c < 0);
  }

  /// Whether the whole name is of this form. Takes a time of at most the product of both lengths.
  boolean matches(String name) {
    int[] wanted = parsed();
    int[] given = name.codePoints().toArray();
    int at = 0;
    int in = 0;
    int star = -1;
    int resume = 0;
    while (in < given.length) {
      if (at < wanted.length && wanted[at] == ANY) {
        star = at++;
        resume = in;
      } else if (at < wanted.length && (wanted[at] == ONE || wanted[at] == given[in])) {
        at++;
        in++;
      } else if (star >= 0) {
        // The last star takes one character more; what it took before can stay as it is.
        at = star + 1;
        in = ++resume;
      } else {
        return false;
      }
    }
    while (at < wanted.length && wanted[at] == ANY) {
      at++;
    }
    return at == wanted.length;
  }

  private int[] parsed() {
    int[] characters = text.codePoints().toArray();
    int[] parsed = new int[characters.length];
    int length = 0;
    for (int i = 0; i < characters.length; i++) {
      boolean isEscaped = characters[i] == '\\' && i + 1 < characters.length;
      int character = isEscaped ? characters[++i] : characters[i];
      parsed[length++] = isEscaped ? character : meaning(character);
    }
    return java.util.Arrays.copyOf(parsed, length);
  }

  private static int meaning(int character) {
    return switch (character) {
      case '%', '*' -> ANY;
      case '?' -> ONE;
      default -> character;
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
