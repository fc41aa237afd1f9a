package tranche.core.structure;

import java.util.Comparator;
import java.util.Objects;

/// Names one object of a structure.
///
/// @param kind what it is
/// @param name its name as PostgreSQL writes it, quoted where needed and without the schema; what
///   belongs to a table has the table's name and a dot before it; a function has the types of its
///   arguments in parentheses
public record ObjectKey(ObjectKind kind, String name) implements Comparable<ObjectKey> {
  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::kind).thenComparing(ObjectKey::name);

  /// Checks that there is a name.
  ///
  /// @throws IllegalArgumentException if the name is empty
  public ObjectKey {
    Objects.requireNonNull(kind);
    if (name.isEmpty()) {
      throw new IllegalArgumentException(kind.word() + " without a name");
    }
  }

  /// By kind, then by name.
  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }

  /// Kind and name: `column issues.priority`.
  @Override
  public String toString() {
    return kind.word() + " " + name;
  }
}
