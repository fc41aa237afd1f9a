package tranche.app.schema;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tranche.app.schema.selection.TargetStore;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledStatement;
import tranche.core.migration.StorePlaceholder;

/// The statements that would run on a store, as a script that could be run by hand: with its
/// transactions and its search path, without the bookkeeping.
final class SqlText {
  private SqlText() {}

  /// @param store whose names are put in where they are asked for
  static List<String> ofApply(
      List<CompiledMigration> migrations, TargetStore store, List<String> searchPath) {
    List<String> lines = new ArrayList<>();
    for (CompiledMigration migration : migrations) {
      lines.add("-- " + migration.key() + " " + migration.source().up().name());
      List<String> statements = new ArrayList<>();
      migration.statements().forEach(s -> statements.addAll(statement(s, store)));
      lines.addAll(inTransaction(migration.isTransactional(), statements, store, searchPath));
    }
    return lines;
  }

  /// Statements that take something back.
  static List<String> ofUndo(
      String title, List<String> sql, TargetStore store, List<String> searchPath) {
    List<String> lines = new ArrayList<>(List.of("-- " + title));
    List<String> statements = sql.stream().flatMap(s -> ended(s).lines()).toList();
    lines.addAll(inTransaction(true, statements, store, searchPath));
    return lines;
  }

  private static List<String> inTransaction(
      boolean isTransactional, List<String> statements, TargetStore store, List<String> more) {
    String path =
        Stream.of(Stream.of(store.store().schema()), more.stream(), Stream.of("pg_temp"))
            .flatMap(s -> s)
            .map(SqlText::quoted)
            .collect(Collectors.joining(", "));
    List<String> lines = new ArrayList<>();
    if (isTransactional) {
      lines.add("BEGIN;");
    }
    lines.add((isTransactional ? "SET LOCAL" : "SET") + " search_path TO " + path + ";");
    lines.addAll(statements);
    if (isTransactional) {
      lines.add("COMMIT;");
    }
    return lines;
  }

  private static List<String> statement(CompiledStatement statement, TargetStore store) {
    Map<StorePlaceholder, String> values = values(store);
    List<String> lines =
        new ArrayList<>(ended(StorePlaceholder.replace(statement.sql(), values)).lines().toList());
    statement
        .copyData()
        .ifPresent(data -> {
          StorePlaceholder.replace(data, values).lines().forEach(lines::add);
          lines.add("\\.");
        });
    return lines;
  }

  private static String ended(String sql) {
    return sql.strip() + ";";
  }

  private static Map<StorePlaceholder, String> values(TargetStore store) {
    Map<StorePlaceholder, String> values = new EnumMap<>(StorePlaceholder.class);
    values.put(StorePlaceholder.SCHEMA, store.store().schema());
    values.put(StorePlaceholder.DATABASE, store.store().database().value());
    values.put(StorePlaceholder.USER, "current_user");
    values.put(StorePlaceholder.TENANT, store.tenant().orElse(store.store().schema()));
    return values;
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
