package tranche.config.release;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a migration's text says without comments, literals and quoted names, as far as that decides
/// whether its phase must be stated.
///
/// In doubt it asks: bodies between `$tag$` count as code, because a `DO` block runs at once.
final class SqlText {
  private static final Pattern REMOVING =
      Pattern.compile(
          "\\b(?:(DROP|RENAME|TRUNCATE)|(DELETE)\\s++FROM"
              + "|ALTER\\s++(?:COLUMN\\s++)?+\\S++\\s++(?:SET\\s++DATA\\s++)?+(TYPE)"
              + "|(SET\\s++NOT\\s++NULL))\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern DOLLAR =
      Pattern.compile("\\$(?:[A-Za-z_\\x80-\\uffff][\\w\\x80-\\uffff]*)?\\$");

  private static final int MAX_DEPTH = 16;

  private final String sql;
  private final int depth;
  private final StringBuilder code = new StringBuilder();
  private int at;

  private SqlText(String sql, int depth) {
    this.sql = sql;
    this.depth = depth;
  }

  /// The first words of the text that remove or narrow something.
  static Optional<String> removing(String sql) {
    Matcher matcher = REMOVING.matcher(code(sql));
    if (!matcher.find()) {
      return Optional.empty();
    }
    for (int group = 1; group <= matcher.groupCount(); group++) {
      if (matcher.group(group) != null) {
        String word = matcher.group(group).toUpperCase(java.util.Locale.ROOT);
        return Optional.of(group == 3 ? "ALTER ... TYPE" : word.replaceAll("\\s+", " "));
      }
    }
    throw new IllegalStateException("the pattern matched without a group");
  }

  /// The text with a space for each comment and literal and `q` for each quoted name.
  static String code(String sql) {
    return code(sql, 0);
  }

  private static String code(String sql, int depth) {
    if (depth > MAX_DEPTH) {
      return sql; // Nobody writes this; reading it as it is can only ask for a header too often.
    }
    SqlText text = new SqlText(sql, depth);
    while (text.at < sql.length()) {
      text.step();
    }
    return text.code.toString();
  }

  private void step() {
    char c = sql.charAt(at);
    if (sql.startsWith("--", at)) {
      skipTo(end("\n", at));
    } else if (sql.startsWith("/*", at)) {
      skipTo(endOfComment());
    } else if (c == '\'') {
      skipTo(endOfQuote(c, isEscapeString() ? '\\' : c));
    } else if (c == '"') {
      code.append('q');
      at = endOfQuote(c, c);
    } else if (c == '$' && !continuesName()) {
      dollar();
    } else {
      code.append(c);
      at++;
    }
  }

  private void skipTo(int end) {
    code.append(' ');
    at = end;
  }

  private int end(String mark, int from) {
    int found = sql.indexOf(mark, from);
    return found < 0 ? sql.length() : found + mark.length();
  }

  // Comments nest in PostgreSQL.
  private int endOfComment() {
    int depth = 0;
    int i = at;
    do {
      if (sql.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else if (sql.startsWith("*/", i)) {
        depth--;
        i += 2;
      } else {
        i++;
      }
    } while (depth > 0 && i < sql.length());
    return i;
  }

  private int endOfQuote(char quote, char escape) {
    int i = at + 1;
    while (i < sql.length()) {
      boolean isDoubled =
          sql.charAt(i) == quote && i + 1 < sql.length() && sql.charAt(i + 1) == quote;
      if (isDoubled || (sql.charAt(i) == escape && escape != quote)) {
        i += 2;
      } else if (sql.charAt(i) == quote) {
        return i + 1;
      } else {
        i++;
      }
    }
    return sql.length();
  }

  private boolean isEscapeString() {
    boolean isPrefixed = at > 0 && (sql.charAt(at - 1) == 'E' || sql.charAt(at - 1) == 'e');
    return isPrefixed && (at == 1 || !Character.isLetterOrDigit(sql.charAt(at - 2)));
  }

  private boolean continuesName() {
    return at > 0 && (Character.isLetterOrDigit(sql.charAt(at - 1)) || sql.charAt(at - 1) == '_');
  }

  private void dollar() {
    Matcher tag = DOLLAR.matcher(sql).region(at, sql.length());
    if (!tag.lookingAt()) {
      code.append(sql.charAt(at++));
      return;
    }
    int close = sql.indexOf(tag.group(), tag.end());
    int bodyEnd = close < 0 ? sql.length() : close;
    code.append(' ').append(code(sql.substring(tag.end(), bodyEnd), depth + 1)).append(' ');
    at = Math.min(sql.length(), bodyEnd + tag.group().length());
  }
}
