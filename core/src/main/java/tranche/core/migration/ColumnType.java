package tranche.core.migration;

import java.util.List;
import java.util.Objects;

/// The type of a column as a statement writes it. Which type that is, and whether a column has it,
/// only the server can say: `int` and `integer` are one type, and a name depends on the search
/// path.
///
/// @param name as SQL; modifiers in it do not matter
/// @param modifiers what is in parentheses, one by one: `10`, `2`
public record ColumnType(String name, List<String> modifiers) {
  public ColumnType {
    Objects.requireNonNull(name);
    modifiers = List.copyOf(modifiers);
  }
}
