package tranche.core.release;

import java.math.BigInteger;
import java.util.Objects;
import java.util.regex.Pattern;

/// A schema version as in migration file names: numbers separated by `.` (or `_` in file names),
/// compared part by part, so `2 < 2.1 < 10`. [#NONE] is the version of an empty store.
public record SchemaVersion(String value) implements Comparable<SchemaVersion> {
  private static final Pattern FORM = Pattern.compile("[0-9]{1,20}(\\.[0-9]{1,20}){0,9}");

  /// Nothing has been applied yet.
  public static final SchemaVersion NONE = new SchemaVersion("0");

  public SchemaVersion {
    Objects.requireNonNull(value);
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("schema version '" + value + "'");
    }
  }

  /// Whether the text can be a schema version.
  public static boolean isWellFormed(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public int compareTo(SchemaVersion other) {
    String[] mine = value.split("\\.", -1);
    String[] theirs = other.value.split("\\.", -1);
    for (int i = 0; i < Math.max(mine.length, theirs.length); i++) {
      int byPart = part(mine, i).compareTo(part(theirs, i));
      if (byPart != 0) {
        return byPart;
      }
    }
    return 0;
  }

  private static BigInteger part(String[] parts, int index) {
    return index < parts.length ? new BigInteger(parts[index]) : BigInteger.ZERO;
  }

  /// One text per version, without leading zeros and trailing zero parts: `01.0` is `1`.
  public String canonical() {
    return value.replaceAll("(^|\\.)0+(?=[0-9])", "$1").replaceAll("(\\.0)+$", "");
  }

  /// Whether this version comes after the other.
  public boolean isAfter(SchemaVersion other) {
    return compareTo(other) > 0;
  }

  // `1` and `1.0` are the same version, as in Flyway.
  @Override
  public boolean equals(Object other) {
    return other instanceof SchemaVersion that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return canonical().hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
