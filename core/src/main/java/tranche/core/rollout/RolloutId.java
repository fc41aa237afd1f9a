package tranche.core.rollout;

import java.util.Objects;
import java.util.regex.Pattern;

/// The short name of a rollout, for instance `r-42`.
public record RolloutId(String value) {
  private static final Pattern FORM = Pattern.compile("r-[0-9]{1,12}");

  public RolloutId {
    Objects.requireNonNull(value);
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("rollout id '" + value + "'");
    }
  }

  /// Whether the text can be a rollout id.
  public static boolean isWellFormed(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
