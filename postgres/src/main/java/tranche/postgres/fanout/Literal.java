package tranche.postgres.fanout;

import java.util.List;
import java.util.stream.Collectors;

/// Writes values into SQL. Values go into the text because a message of several statements cannot
/// have parameters.
public final class Literal {
  private Literal() {}

  /// A text, right whatever `standard_conforming_strings` says.
  ///
  /// @throws IllegalArgumentException for a NUL, which no text in PostgreSQL can hold
  public static String text(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a text for PostgreSQL cannot hold NUL");
    }
    String quoted = "'" + value.replace("'", "''") + "'";
    return quoted.indexOf('\\') < 0 ? quoted : " E" + quoted.replace("\\", "\\\\");
  }

  /// An array of texts.
  public static String texts(List<String> values) {
    return values.stream()
        .map(Literal::text)
        .collect(Collectors.joining(",", "ARRAY[", "]::pg_catalog.text[]"));
  }

  /// An array of numbers.
  public static String numbers(List<Long> values) {
    return values.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(",", "'{", "}'::pg_catalog.int8[]"));
  }
}
