package tranche.sql.tree;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntUnaryOperator;

/// Builds [Node]s from the JSON that the grammar writes. Nothing calls itself here: the depth of
/// the JSON costs no stack.
///
/// A reader of our own, because it is on the way to the first parse: loading a JSON library takes
/// longer than loading the grammar. It reads what libpg_query writes and refuses everything else.
public final class TreeReader {
  /// A tree is deeper than [Node#DEEPEST].
  public static final class TooDeep extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooDeep() {
      super("a syntax tree of more than " + Node.DEEPEST + " levels", null, false, false);
    }
  }

  // A node of known kind is an object in an object.
  private static final int DEEPEST_OBJECT = 2 * Node.DEEPEST;

  private final JsonText in;
  private final IntUnaryOperator places;
  private final Deque<NodeBuilder> open = new ArrayDeque<>();

  private TreeReader(JsonText in, IntUnaryOperator places) {
    this.in = in;
    this.places = places;
  }

  /// Reads one tree.
  ///
  /// @param json an object in UTF-8
  /// @param places turns a place in the parsed text, in bytes, into one in characters
  /// @throws TooDeep if the tree has too many levels
  /// @throws IllegalStateException if it is not JSON as libpg_query writes it
  public static Node read(byte[] json, IntUnaryOperator places) {
    return new TreeReader(new JsonText(json), places).read();
  }

  private Node read() {
    in.expect('{');
    NodeBuilder current = new NodeBuilder();
    while (true) {
      switch (in.next()) {
        case '"' -> value(current);
        case '{' -> {
          if (open.size() == DEEPEST_OBJECT) {
            throw new TooDeep();
          }
          open.push(current);
          current = new NodeBuilder();
        }
        case ']' -> current.endList();
        case '}' -> {
          Node done = current.finished();
          if (open.isEmpty()) {
            return done;
          }
          current = open.pop();
          current.add(done);
        }
        case ',' -> {}
        default -> throw in.unexpected();
      }
    }
  }

  /// Reads a field's name, and its value unless that is an object or a list.
  private void value(NodeBuilder current) {
    current.name(in.name());
    in.expect(':');
    switch (in.peek()) {
      case '{' -> {}
      case '[' -> {
        in.expect('[');
        current.beginList();
      }
      case '"' -> {
        in.expect('"');
        current.put(in.text());
      }
      case 't' -> {
        in.word("true");
        current.put(true);
      }
      case 'f' -> {
        in.word("false");
        current.put(false);
      }
      default -> current.put(number(current));
    }
  }

  private Long number(NodeBuilder current) {
    long value = in.number();
    boolean isPlace = value > 0 && current.isNamed("location");
    return isPlace ? places.applyAsInt((int) value) : value;
  }
}
