package tranche.core.release;

import java.util.Objects;
import java.util.regex.Pattern;

/// The name of a release, for instance `2026.11`: 1 to 64 letters, digits, `.`, `-`, `_` or `+`.
/// Names are not ordered; what follows what is a matter of plans.
public record ReleaseId(String value) implements Comparable<ReleaseId> {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");

  public ReleaseId {
    Objects.requireNonNull(value);
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("release '" + value + "'");
    }
  }

  /// Whether the text can name a release.
  public static boolean isWellFormed(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public int compareTo(ReleaseId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
