package tranche.core.migration;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What tells one index from another, as far as names do. Expressions are not compared, because the
/// server writes them in other words than people; that there is one is.
///
/// @param table that it is on
/// @param method `btree`, `gin`, ...
/// @param isUnique whether it allows each key only once
/// @param keys its columns in their order; absent for an expression
/// @param included columns that it carries along
/// @param isPartial whether it leaves rows out
public record IndexShape(
    String table,
    String method,
    boolean isUnique,
    List<Optional<String>> keys,
    List<String> included,
    boolean isPartial) {
  public IndexShape {
    Objects.requireNonNull(table);
    Objects.requireNonNull(method);
    keys = List.copyOf(keys);
    included = List.copyOf(included);
  }

  /// Whether names tell all of it: no expression, and no rows left out.
  public boolean isToldByNames() {
    return !isPartial && keys.stream().allMatch(Optional::isPresent);
  }
}
