package tranche.core.reference;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A declared reference: every value of a column in a tenant's store is a value of a column in the
/// store that the tenant shares. The stores may be databases, even servers, apart, so no foreign
/// key can see to it. Names are those of the catalog.
///
/// @param table in the tenant's store
/// @param column of that table
/// @param sharedTable in the shared store
/// @param sharedColumn of that table
public record StoreReference(String table, String column, String sharedTable, String sharedColumn) {
  /// How it is written.
  public static final String FORM = "table.column -> shared.table.column";

  private static final String NAME = "([A-Za-z_][A-Za-z0-9_$]{0,62})";
  private static final Pattern TEXT =
      Pattern.compile(
          "\\s*" + NAME + "\\." + NAME + "\\s*->\\s*shared\\." + NAME + "\\." + NAME + "\\s*");

  public StoreReference {
    Objects.requireNonNull(table);
    Objects.requireNonNull(column);
    Objects.requireNonNull(sharedTable);
    Objects.requireNonNull(sharedColumn);
  }

  /// Reads one that is written in the form `orders.plan_id -> shared.plans.id`.
  public static Optional<StoreReference> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(
            new StoreReference(parts.group(1), parts.group(2), parts.group(3), parts.group(4)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return table + "." + column + " -> shared." + sharedTable + "." + sharedColumn;
  }
}
