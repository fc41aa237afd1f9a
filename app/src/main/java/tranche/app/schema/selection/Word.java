package tranche.app.schema.selection;

import java.util.regex.Pattern;

/// A word of a command line, as it is typed in a shell.
public final class Word {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@+-]+");

  private Word() {}

  /// The word, in quotes if a shell would make something else of it.
  public static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
