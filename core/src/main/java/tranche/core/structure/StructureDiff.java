package tranche.core.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// The differences between an expected and an observed structure, by kind and name.
///
/// A column of a table that is itself missing or not expected is not listed beside the table.
///
/// @param changes what differs; if there is nothing, the structures are equal
/// @param reordered the weaker difference: tables whose columns are the same and lie in another
///   order on disk; two structures that differ only in this are equal
public record StructureDiff(List<StructureChange> changes, List<Reordered> reordered) {
  /// A table whose columns lie in another order.
  ///
  /// @param table its name
  /// @param expected the columns in the order that was expected, separated by commas
  /// @param observed the columns in the order that was observed
  public record Reordered(String table, String expected, String observed) {
    /// The difference in one line.
    public String sentence() {
      return "table " + table + ": columns in the order " + observed + ", expected " + expected;
    }
  }

  /// Copies the lists.
  public StructureDiff {
    changes = List.copyOf(changes);
    reordered = List.copyOf(reordered);
  }

  /// What differs in the observed structure.
  public static StructureDiff between(Structure expected, Structure observed) {
    return new StructureDiff(changes(expected, observed), reordered(expected, observed));
  }

  /// Whether the structures are equal; the order of columns does not count.
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /// One line per change, at most that many; the last one then says how many more there are.
  ///
  /// @throws IllegalArgumentException if the limit is less than 1
  public List<String> sentences(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit);
    }
    List<String> lines =
        new ArrayList<>(changes.stream().limit(limit).map(StructureChange::sentence).toList());
    if (changes.size() > limit) {
      lines.add("and " + (changes.size() - limit) + " more");
    }
    return List.copyOf(lines);
  }

  private static List<StructureChange> changes(Structure expected, Structure observed) {
    TreeSet<ObjectKey> keys = new TreeSet<>(expected.objects().keySet());
    keys.addAll(observed.objects().keySet());
    List<StructureChange> changes = new ArrayList<>();
    for (ObjectKey key : keys) {
      String wanted = expected.objects().get(key);
      String seen = observed.objects().get(key);
      if (wanted == null && seen != null && !isColumnOfNew(key, expected)) {
        changes.add(new StructureChange.Added(key, seen));
      } else if (seen == null && wanted != null && !isColumnOfNew(key, observed)) {
        changes.add(new StructureChange.Removed(key, wanted));
      } else if (wanted != null && seen != null && !Objects.equals(wanted, seen)) {
        changes.add(new StructureChange.Changed(key, wanted, seen));
      }
    }
    return changes;
  }

  private static boolean isColumnOfNew(ObjectKey key, Structure other) {
    return key.kind() == ObjectKind.COLUMN
        && !other.objects().containsKey(new ObjectKey(ObjectKind.TABLE, table(key.name())));
  }

  /// The part before the dot that is not inside quotes.
  private static String table(String column) {
    boolean quoted = false;
    for (int i = 0; i < column.length(); i++) {
      if (column.charAt(i) == '"') {
        quoted = !quoted;
      } else if (column.charAt(i) == '.' && !quoted) {
        return column.substring(0, i);
      }
    }
    return column;
  }

  private static List<Reordered> reordered(Structure expected, Structure observed) {
    List<Reordered> found = new ArrayList<>();
    for (Map.Entry<String, String> wanted : expected.columnOrders().entrySet()) {
      String seen = observed.columnOrders().get(wanted.getKey());
      if (seen != null
          && !seen.equals(wanted.getValue())
          && sameColumns(wanted, observed, expected)) {
        found.add(new Reordered(wanted.getKey(), wanted.getValue(), seen));
      }
    }
    return found;
  }

  private static boolean sameColumns(
      Map.Entry<String, String> table, Structure observed, Structure expected) {
    return columns(expected, table.getKey()).equals(columns(observed, table.getKey()));
  }

  private static List<String> columns(Structure structure, String table) {
    return structure.objects().keySet().stream()
        .filter(key -> key.kind() == ObjectKind.COLUMN && table(key.name()).equals(table))
        .map(ObjectKey::name)
        .toList();
  }
}
