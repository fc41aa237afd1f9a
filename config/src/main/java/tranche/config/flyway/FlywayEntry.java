package tranche.config.flyway;

import java.util.List;

/// A value in a configuration file of Flyway. It may be a secret and is not shown.
///
/// @param values one, or those of a list
/// @param isList whether it was written as a list
/// @param line where it stands, from 1
record FlywayEntry(List<String> values, boolean isList, int line) {
  /// The one value.
  String text() {
    return String.join(",", values);
  }

  /// The values of a list, also of one that is written with commas.
  List<String> list() {
    return isList
        ? values
        : List.of(text().split(",", -1)).stream()
            .map(String::strip)
            .filter(v -> !v.isEmpty())
            .toList();
  }

  @Override
  public String toString() {
    return "FlywayEntry[line " + line + "]";
  }
}
