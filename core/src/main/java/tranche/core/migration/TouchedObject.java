package tranche.core.migration;

import java.util.Objects;
import java.util.Optional;

/// An object that a statement names.
///
/// @param kind `table`, `column`, `index`, `constraint`, `view`, `function`, ...
/// @param schema the schema that the statement states; absent for the store's own
/// @param name its name; for columns, constraints, triggers and policies `table.name`
public record TouchedObject(String kind, Optional<String> schema, String name) {
  public TouchedObject {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(schema);
    Objects.requireNonNull(name);
  }

  @Override
  public String toString() {
    return kind + " " + schema.map(s -> s + ".").orElse("") + name;
  }
}
