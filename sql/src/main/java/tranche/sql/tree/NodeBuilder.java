package tranche.sql.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A node whose fields are still being read.
final class NodeBuilder {
  private String[] names = new String[8];
  private Object[] values = new Object[8];
  private int size;
  private String name = "";
  private @Nullable List<Node> list;

  void name(String next) {
    name = next;
  }

  boolean isNamed(String expected) {
    return name.equals(expected);
  }

  void put(Object value) {
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    names[size] = name;
    values[size++] = value;
  }

  void beginList() {
    list = new ArrayList<>();
  }

  void add(Node node) {
    if (list != null) {
      list.add(node);
    } else {
      put(node);
    }
  }

  void endList() {
    if (list == null) {
      throw new IllegalStateException("the grammar ended a list that it had not begun");
    }
    List<Node> done = List.copyOf(list);
    list = null;
    put(done);
  }

  /// The node. An object whose only field has a name with a capital says which kind the field is
  /// of.
  Node finished() {
    if (size == 1 && Character.isUpperCase(names[0].charAt(0)) && values[0] instanceof Node inner) {
      return inner.ofKind(names[0]);
    }
    return new Node("", Arrays.copyOf(names, size), Arrays.copyOf(values, size));
  }
}
