package tranche.sql.name;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tranche.core.migration.StorePlaceholder;
import tranche.sql.tree.Node;

/// The name of an object, with its schema if the statement states one. As in the catalog, without
/// quotes.
public record Name(Optional<String> schema, String own) {
  private static final String TEMPORARY = "pg_temp";

  public Name {
    Objects.requireNonNull(schema);
    Objects.requireNonNull(own);
  }

  /// A name without a schema.
  public static Name of(String own) {
    return new Name(Optional.empty(), own);
  }

  /// The name in a `RangeVar`.
  public static Name ofRange(Node range) {
    return new Name(range.text("schemaname"), range.text("relname").orElse(""));
  }

  /// The name that a list of strings spells, the last two of which count.
  public static Name ofParts(List<Node> strings) {
    List<String> parts = strings.stream().map(part -> part.text("sval").orElse("")).toList();
    int size = parts.size();
    return switch (size) {
      case 0 -> of("");
      case 1 -> of(parts.getFirst());
      default -> new Name(Optional.of(parts.get(size - 2)), parts.getLast());
    };
  }

  /// Another object of the same schema.
  public Name sibling(String other) {
    return new Name(schema, other);
  }

  /// The name for use in SQL.
  public String sql() {
    return schema.map(s -> Quoting.identifier(s) + ".").orElse("") + Quoting.identifier(own);
  }

  /// Whether it is one of the store's own schema, as far as the statement says: it states no
  /// schema, or the placeholder for the store's.
  public boolean isOfStore() {
    return schema.isEmpty() || schema.get().equals(StorePlaceholder.SCHEMA.mark());
  }

  /// Whether it is in the session's schema for temporary objects.
  public boolean isTemporary() {
    return schema.isPresent() && schema.get().equals(TEMPORARY);
  }

  /// The name for people and for comparing: one text for all ways to name something of the store.
  public String text() {
    return isOfStore() ? own : schema.orElse("") + "." + own;
  }

  @Override
  public String toString() {
    return text();
  }
}
