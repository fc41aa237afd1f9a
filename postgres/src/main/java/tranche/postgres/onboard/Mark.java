package tranche.postgres.onboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The line in a schema's comment that says for whom it is being made. A comment is part of the
/// transaction that creates the schema, is seen by everybody who looks at the database, and needs
/// no table. Lines that others wrote stay.
final class Mark {
  private static final String BEGINNING = "tranche: being made for ";

  private Mark() {}

  /// For whom a comment says the schema is being made.
  static Optional<String> maker(@Nullable String comment) {
    return lines(comment).stream()
        .filter(line -> line.startsWith(BEGINNING))
        .map(line -> line.substring(BEGINNING.length()))
        .findFirst();
  }

  /// The comment with the mark.
  static String with(@Nullable String comment, String maker) {
    List<String> lines = new ArrayList<>(lines(without(comment)));
    lines.add(BEGINNING + maker);
    return String.join("\n", lines);
  }

  /// The comment without it; null if nothing is left.
  static @Nullable String without(@Nullable String comment) {
    List<String> rest =
        lines(comment).stream().filter(line -> !line.startsWith(BEGINNING)).toList();
    return rest.isEmpty() ? null : String.join("\n", rest);
  }

  private static List<String> lines(@Nullable String comment) {
    return comment == null ? List.of() : comment.lines().toList();
  }
}
