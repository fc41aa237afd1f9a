package tranche.config.migration;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Which placeholders are replaced in the text of scripts. The values may be secrets and are not
/// shown.
///
/// @param replacement whether any are
/// @param prefix what a placeholder begins with, `${`
/// @param suffix what it ends with, `}`
/// @param separator between `flyway` or `tranche` and the name of a built-in one, `:`
/// @param values by name; the case of names makes no difference
public record PlaceholderRules(
    Replacement replacement,
    String prefix,
    String suffix,
    String separator,
    Map<String, String> values) {
  /// Flyway's own, without values.
  public static final PlaceholderRules DEFAULTS =
      new PlaceholderRules(Replacement.BY_FORMAT, "${", "}", ":", Map.of());

  public PlaceholderRules {
    Objects.requireNonNull(replacement);
    Objects.requireNonNull(separator);
    if (prefix.isEmpty() || suffix.isEmpty()) {
      throw new IllegalArgumentException("a placeholder has a beginning and an end");
    }
    Map<String, String> lower = new TreeMap<>();
    values.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    values = Map.copyOf(lower);
  }

  /// When placeholders are replaced.
  public enum Replacement {
    /// In Flyway's format, which has them; not in pairs, which have none.
    BY_FORMAT,
    /// Always.
    ON,
    /// Never: `${x}` stays as it is.
    OFF
  }

  PlaceholderRules with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(values);
    more.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
    return new PlaceholderRules(replacement, prefix, suffix, separator, all);
  }

  PlaceholderRules with(Replacement other) {
    return new PlaceholderRules(other, prefix, suffix, separator, values);
  }

  /// Without the values.
  @Override
  public String toString() {
    return "PlaceholderRules["
        + replacement
        + ", "
        + values.keySet().stream().sorted().toList()
        + "]";
  }
}
