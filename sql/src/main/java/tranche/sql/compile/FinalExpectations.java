package tranche.sql.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.core.migration.CompiledStatement;
import tranche.core.migration.Expectation;
import tranche.core.migration.Expectation.ColumnGone;
import tranche.core.migration.Expectation.ColumnIs;
import tranche.core.migration.Expectation.ColumnThere;
import tranche.core.migration.Expectation.ConstraintThere;
import tranche.core.migration.Expectation.IndexIs;
import tranche.core.migration.Expectation.IndexOn;
import tranche.core.migration.Expectation.IndexValid;
import tranche.core.migration.Expectation.RelationGone;
import tranche.core.migration.Expectation.RelationIs;
import tranche.core.migration.Expectation.RelationThere;
import tranche.core.migration.TouchedObject;

/// What must be true at the end of a script: the last word on each object counts, and what belonged
/// to a table that is gone goes with it.
final class FinalExpectations {
  private final Map<String, Expectation> last = new LinkedHashMap<>();
  private final IndexedTables indexed = new IndexedTables();

  private FinalExpectations() {}

  static List<Expectation> of(List<CompiledStatement> statements) {
    var merged = new FinalExpectations();
    for (CompiledStatement statement : statements) {
      merged.forgetDropped(statement);
      statement.effect().expectations().forEach(merged::take);
      merged.indexed.follow(statement).forEach(index -> merged.last.remove("relation " + index));
    }
    return List.copyOf(merged.last.values());
  }

  // A constraint has no expectation for being gone: it is just no longer expected.
  private void forgetDropped(CompiledStatement statement) {
    if (!statement.effect().summary().contains("constraint")) {
      return;
    }
    for (TouchedObject object : statement.effect().objects()) {
      if (object.kind().equals("constraint") && object.schema().isEmpty()) {
        last.remove("constraint " + object.name());
      }
    }
  }

  private void take(Expectation expectation) {
    switch (expectation) {
      case RelationGone(String name) -> {
        forgetTable(name);
        weakenIndexes(name);
      }
      case ColumnGone(String table, String column) -> {
        last.remove(column(table, column));
        weakenIndexes(table);
      }
      default -> {}
    }
    String key = key(expectation);
    last.remove(key);
    last.put(key, expectation);
  }

  // Under other names an index is still the same, but nobody can tell by them; and one without a
  // name may be what is dropped by the name that the server gave it.
  private void weakenIndexes(String table) {
    last.values().removeIf(e -> e instanceof IndexOn);
    last.replaceAll((_, e) ->
        e instanceof IndexIs(String name, var shape) && shape.table().equals(table)
            ? new IndexValid(name)
            : e);
  }

  private static String key(Expectation expectation) {
    return switch (expectation) {
      case RelationThere(String name) -> "relation " + name;
      case RelationIs(String name, _) -> "relation " + name;
      case RelationGone(String name) -> "relation " + name;
      case IndexValid(String name) -> "relation " + name;
      case IndexIs(String name, _) -> "relation " + name;
      case IndexOn(var shape) -> "index " + shape;
      case ColumnThere(String table, String column) -> column(table, column);
      case ColumnIs(String table, String column, _) -> column(table, column);
      case ColumnGone(String table, String column) -> column(table, column);
      case ConstraintThere(String table, String constraint) ->
          "constraint " + table + "." + constraint;
    };
  }

  private static String column(String table, String column) {
    return "column " + table + "." + column;
  }

  private void forgetTable(String table) {
    last.keySet()
        .removeIf(k ->
            k.startsWith("column " + table + ".") || k.startsWith("constraint " + table + "."));
  }

  /// Which table each new index is on. An index goes with its table without being named.
  private static final class IndexedTables {
    private final Map<String, String> tables = new HashMap<>();

    /// Takes a statement in.
    ///
    /// @return the indexes that went with a table
    List<String> follow(CompiledStatement statement) {
      List<String> gone = new ArrayList<>();
      Optional<String> from = Optional.empty();
      Optional<String> former = Optional.empty();
      for (Expectation expectation : statement.effect().expectations()) {
        switch (expectation) {
          case RelationGone(String name) -> {
            from = Optional.of(name);
            former = Optional.ofNullable(tables.remove(name));
            gone.addAll(on(name));
          }
          case RelationThere(String to) -> {
            // A table that has another name now keeps its indexes.
            gone.clear();
            from.ifPresent(old -> tables.replaceAll((_, t) -> t.equals(old) ? to : t));
          }
          case IndexValid(String index) ->
              former.or(() -> table(statement)).ifPresent(table -> tables.put(index, table));
          case IndexIs(String index, var shape) -> tables.put(index, shape.table());
          case RelationIs _,
              IndexOn _,
              ColumnThere _,
              ColumnIs _,
              ColumnGone _,
              ConstraintThere _ -> {}
        }
      }
      return gone;
    }

    private List<String> on(String table) {
      return tables.entrySet().stream()
          .filter(e -> e.getValue().equals(table))
          .map(Map.Entry::getKey)
          .toList();
    }

    private static Optional<String> table(CompiledStatement statement) {
      return statement.effect().objects().stream()
          .filter(o -> o.kind().equals("table"))
          .map(TouchedObject::name)
          .findFirst();
    }
  }
}
