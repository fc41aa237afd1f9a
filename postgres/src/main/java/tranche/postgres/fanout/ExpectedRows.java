package tranche.postgres.fanout;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tranche.core.migration.ColumnType;
import tranche.core.migration.Expectation;
import tranche.core.migration.IndexShape;

/// Expectations as `tranche.require_expected` reads them: rows of kind, name, part and what it must
/// be.
///
/// The rows are the text of an array: one constant is read faster than an expression of many. Only
/// where types are expected it is an expression, because the name of a type means what it means to
/// the script: under the search path of the store, which the function does not see.
final class ExpectedRows {
  private ExpectedRows() {}

  /// An SQL expression for these.
  static String of(List<Expectation> expectations) {
    String rows =
        expectations.stream().map(ExpectedRows::row).collect(Collectors.joining(",", "{", "}"));
    String types =
        expectations.stream()
            .flatMap(e ->
                e instanceof Expectation.ColumnIs(_, _, var type)
                    ? Stream.of(type)
                    : Stream.empty())
            .map(type -> "pg_catalog.to_regtype(" + Literal.text(type.name()) + ")")
            .collect(Collectors.joining(","));
    if (types.isEmpty()) {
      return Literal.text(rows.replace(OID, ""));
    }
    return "pg_catalog.format("
        + Literal.text(rows.replace("%", "%%").replace(OID, "%s"))
        + ",VARIADIC ARRAY["
        + types
        + "]::pg_catalog.oid[])::pg_catalog.text[]";
  }

  // No text for PostgreSQL holds it, and so no name.
  private static final String OID = "\0";

  private static String row(Expectation expectation) {
    return switch (expectation) {
      case Expectation.RelationThere(var name) -> row("relation-there", name, "", "");
      case Expectation.RelationIs(var name, var kind) -> row("relation-is", name, "", kind.words());
      case Expectation.RelationGone(var name) -> row("relation-gone", name, "", "");
      case Expectation.ColumnThere(var table, var column) -> row("column-there", table, column, "");
      case Expectation.ColumnIs(var table, var column, var type) ->
          row("column-is", table, column, OID + modifiers(type));
      case Expectation.ColumnGone(var table, var column) -> row("column-gone", table, column, "");
      case Expectation.IndexValid(var name) -> row("index-valid", name, "", "");
      case Expectation.IndexIs(var name, var shape) -> row("index-is", name, "", words(shape));
      case Expectation.IndexOn(var shape) -> row("index-on", shape.table(), "", words(shape));
      case Expectation.ConstraintThere(var table, var constraint) ->
          row("constraint-there", table, constraint, "");
    };
  }

  private static String modifiers(ColumnType type) {
    return type.modifiers().isEmpty() ? "" : " " + row(type.modifiers().toArray(String[]::new));
  }

  /// In the words of `tranche.index_words`.
  static String words(IndexShape shape) {
    String keys =
        shape.keys().stream().map(k -> k.orElse("an expression")).collect(Collectors.joining(", "));
    String included =
        shape.included().isEmpty() ? "" : " including " + String.join(", ", shape.included());
    return (shape.isUnique() ? "a unique index" : "an index")
        + " on %s using %s (%s)%s".formatted(shape.table(), shape.method(), keys, included)
        + (shape.isPartial() ? " of some rows" : "");
  }

  private static String row(String... values) {
    return Arrays.stream(values)
        .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "{", "}"));
  }
}
