package tranche.sql.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A node of a syntax tree: its kind, and fields with names. Immutable.
///
/// What has PostgreSQL's default (`false`, 0, no name, an empty list) is not there at all, exactly
/// as if it had never been a field. So `flag` says `false` and `children` gives an empty list for
/// any name, also for one that is misspelt.
///
/// Trees are at most [#DEEPEST] nodes deep: what goes through one may call itself.
public final class Node {
  /// The most nodes on the way from the root to a leaf.
  public static final int DEEPEST = 1_000;

  private final String kind;
  private final String[] names;

  // String, Long, Boolean, Node or List<Node>.
  private final Object[] values;

  Node(String kind, String[] names, Object[] values) {
    this.kind = kind;
    this.names = names;
    this.values = values;
  }

  Node ofKind(String kindOfThis) {
    return new Node(kindOfThis, names, values);
  }

  /// The type, such as `AlterTableStmt`. Empty where the field that holds the node admits one type
  /// only, such as `relation` (always a `RangeVar`), and for a hole in a list.
  public String kind() {
    return kind;
  }

  /// Whether the node is of this kind.
  public boolean is(String expected) {
    return kind.equals(expected);
  }

  /// Whether the field is there, which means: has another value than its default.
  public boolean isPresent(String name) {
    return value(name) != null;
  }

  /// The names of the fields that are there, in the grammar's order.
  public List<String> names() {
    return List.of(names);
  }

  /// The node in a field.
  public Optional<Node> child(String name) {
    return value(name) instanceof Node node ? Optional.of(node) : Optional.empty();
  }

  /// The nodes in a field: of its list, or the only one.
  @SuppressWarnings(
      "unchecked") // A list in a field holds nodes: TreeReader puts nothing else there.
  public List<Node> children(String name) {
    return switch (value(name)) {
      case Node node -> List.of(node);
      case List<?> nodes -> (List<Node>) nodes;
      case null, default -> List.of();
    };
  }

  /// All nodes in all fields, in order.
  public List<Node> children() {
    List<Node> all = new ArrayList<>();
    for (String name : names) {
      all.addAll(children(name));
    }
    return all;
  }

  /// The text or the enumeration's constant in a field.
  public Optional<String> text(String name) {
    return value(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /// The number in a field; 0 is left out. `location` is a place in the text, in characters from 0;
  /// if it is absent or -1, the node has no place of its own.
  public OptionalLong number(String name) {
    return value(name) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
  }

  /// Whether a field says `true`.
  public boolean flag(String name) {
    return value(name) instanceof Boolean flag && flag;
  }

  private @Nullable Object value(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return values[i];
      }
    }
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Node node
        && kind.equals(node.kind)
        && Arrays.equals(names, node.names)
        && Arrays.equals(values, node.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * kind.hashCode() + Arrays.hashCode(names)) + Arrays.hashCode(values);
  }

  /// The node in one line, for messages of tests and for finding out what a statement becomes.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind).append('{');
    for (int i = 0; i < names.length; i++) {
      text.append(i == 0 ? "" : ", ").append(names[i]).append('=').append(values[i]);
    }
    return text.append('}').toString();
  }
}
