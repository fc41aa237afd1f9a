package tranche.sql.undo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tranche.sql.name.Name;
import tranche.sql.tree.Node;

/// The names that PostgreSQL gives to constraints without one, where they are as good as certain.
///
/// A name is made of the table, the columns and a word, cut to 63 bytes, the longer part first. If
/// it is taken, PostgreSQL adds a number, which a script cannot know. So only kinds of which a
/// table hardly has two on the same columns get a name here: primary key, unique, foreign key.
final class DefaultNames {
  private static final int LONGEST = 63;

  private DefaultNames() {}

  static Optional<String> of(Name table, Node constraint) {
    return switch (constraint.text("contype").orElse("")) {
      case "CONSTR_PRIMARY" -> Optional.of(name(table.own(), "", "pkey"));
      case "CONSTR_UNIQUE" -> Optional.of(name(table.own(), columns(constraint, "keys"), "key"));
      case "CONSTR_FOREIGN" ->
          Optional.of(name(table.own(), columns(constraint, "fk_attrs"), "fkey"));
      default -> Optional.empty();
    };
  }

  // PostgreSQL stops adding columns when the name is full.
  private static String columns(Node constraint, String field) {
    List<String> columns = new ArrayList<>();
    int length = 0;
    for (Node column : constraint.children(field)) {
      String name = column.text("sval").orElse("");
      columns.add(name);
      length += bytes(name) + 1;
      if (length > LONGEST) {
        break;
      }
    }
    return String.join("_", columns);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  static String name(String table, String columns, String word) {
    int overhead = word.length() + 1 + (columns.isEmpty() ? 0 : 1);
    int room = LONGEST - overhead;
    int first = bytes(table);
    int second = bytes(columns);
    while (first + second > room) {
      if (first > second) {
        first--;
      } else {
        second--;
      }
    }
    String middle = columns.isEmpty() ? "" : "_" + cut(columns, second);
    return cut(table, first) + middle + "_" + word;
  }

  // Never through the middle of a character.
  private static String cut(String text, int limit) {
    int end = text.length();
    while (bytes(text.substring(0, end)) > limit) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end);
  }
}
