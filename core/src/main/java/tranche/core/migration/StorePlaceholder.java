package tranche.core.migration;

import java.util.Map;

/// A placeholder whose value differs from store to store. While a script is read, an identifier
/// that occurs nowhere else stands for it, so that the script can be parsed once for all stores.
public enum StorePlaceholder {
  /// The name of the store's schema.
  SCHEMA,
  /// The name of the database on its server.
  DATABASE,
  /// The role that migrates.
  USER,
  /// The tenant that the store belongs to; the schema's name if no tenant is known.
  TENANT;

  /// The text that stands for the value.
  public String mark() {
    return "tranche_value_of_" + name().toLowerCase(java.util.Locale.ROOT) + "_here";
  }

  /// The text with the values of one store.
  public static String replace(String text, Map<StorePlaceholder, String> values) {
    String replaced = text;
    for (StorePlaceholder placeholder : values()) {
      String mark = placeholder.mark();
      if (replaced.contains(mark)) {
        String value = values.get(placeholder);
        if (value == null) {
          throw new IllegalArgumentException("no value for " + placeholder);
        }
        replaced = replaced.replace(mark, value);
      }
    }
    return replaced;
  }
}
