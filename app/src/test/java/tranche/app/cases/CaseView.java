package tranche.app.cases;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes down what is in stores; those that have the same stand together.
final class CaseView {
  private static final String STRUCTURE =
      """
      WITH s AS (SELECT oid FROM pg_namespace WHERE nspname = current_schema()),
      c AS (SELECT c.* FROM pg_class c JOIN s ON c.relnamespace = s.oid
        WHERE c.relname NOT LIKE 'flyway\\_schema\\_history%'),
      lines(ord, name, line) AS (
        SELECT 1, c.relname, CASE c.relkind WHEN 'r' THEN 'table ' WHEN 'p' THEN 'partitioned table '
            WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view ' ELSE 'sequence ' END
          || c.relname || CASE WHEN c.relkind = 'S' THEN '' ELSE ' (' || coalesce((
            SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
              || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
              || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''),
              ', ' ORDER BY a.attnum)
            FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid
              AND d.adnum = a.attnum
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')' END
        FROM c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S')
        UNION ALL
        SELECT 2, c.relname, CASE WHEN i.indisunique THEN 'unique index ' ELSE 'index ' END
          || c.relname || ' on ' || t.relname || ' (' || (
            SELECT string_agg(pg_get_indexdef(c.oid, k, true), ', ' ORDER BY k)
            FROM generate_series(1, i.indnkeyatts) k) || ')'
          || CASE WHEN i.indisvalid THEN '' ELSE ' INVALID' END
        FROM c JOIN pg_index i ON i.indexrelid = c.oid JOIN pg_class t ON t.oid = i.indrelid
        UNION ALL
        SELECT 3, k.conname, 'constraint ' || k.conname || ' on ' || c.relname || ': '
          || pg_get_constraintdef(k.oid, true)
        FROM c JOIN pg_constraint k ON k.conrelid = c.oid WHERE k.contype IN ('c', 'f', 'x')
        UNION ALL
        SELECT 4, p.proname, 'function ' || p.proname || '('
          || pg_get_function_arguments(p.oid) || ')'
        FROM pg_proc p JOIN s ON p.pronamespace = s.oid
        UNION ALL
        SELECT 5, t.typname, 'enum ' || t.typname || ' (' || (
          SELECT string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) FROM pg_enum e
          WHERE e.enumtypid = t.oid) || ')'
        FROM pg_type t JOIN s ON t.typnamespace = s.oid WHERE t.typtype = 'e'
        UNION ALL
        SELECT 6, g.tgname, 'trigger ' || g.tgname || ' on ' || c.relname
        FROM c JOIN pg_trigger g ON g.tgrelid = c.oid WHERE NOT g.tgisinternal
      )
      SELECT line FROM lines ORDER BY ord, name COLLATE "C"
      """;

  private static final String FLYWAY =
      "SELECT installed_rank, version, description, type, script, checksum, success FROM"
          + " flyway_schema_history ORDER BY installed_rank";

  private final CaseDatabase database;
  private final List<String> stores;

  CaseView(CaseDatabase database, List<String> stores) {
    this.database = database;
    this.stores = stores;
  }

  /// What to find out about a store.
  @FunctionalInterface
  interface Question {
    List<String> ask(String store) throws SQLException;
  }

  String histories() throws SQLException {
    boolean isManaged =
        !database
            .rowsIn("public", "SELECT 1 FROM pg_namespace WHERE nspname = 'tranche'")
            .isEmpty();
    return isManaged ? section("applied", this::applied) : "applied\n  nothing anywhere\n";
  }

  private List<String> applied(String store) throws SQLException {
    List<String> keys =
        database.rowsIn(
            store,
            "SELECT key || CASE WHEN kind = 'baseline' THEN ' (baseline)' ELSE '' END"
                + " FROM tranche.history WHERE ended_at IS NULL AND target = "
                + literal(store)
                + " ORDER BY applied_at");
    List<String> state =
        database.rowsIn(
            store,
            "SELECT 'at ' || version || ', ' || kind || CASE WHEN failure IS NULL THEN ''"
                + " ELSE ', failed' END FROM tranche.store WHERE target = "
                + literal(store));
    List<String> lines = new ArrayList<>(state);
    lines.add(keys.isEmpty() ? "nothing" : String.join(", ", keys));
    return lines;
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  String structures() throws SQLException {
    return section("structure", store -> database.rowsIn(store, STRUCTURE));
  }

  /// The tables of the application's own Flyway, where there are any.
  String flyway() throws SQLException {
    boolean hasOne =
        !database
            .rowsIn("public", "SELECT 1 FROM pg_class WHERE relname = 'flyway_schema_history'")
            .isEmpty();
    return hasOne ? section("flyway_schema_history", store -> database.rowsIn(store, FLYWAY)) : "";
  }

  String look(String query) throws SQLException {
    return section(query, store -> database.rowsIn(store, query));
  }

  private String section(String title, Question question) throws SQLException {
    Map<String, List<String>> answers = new LinkedHashMap<>();
    for (String store : stores) {
      answers.put(store, question.ask(store));
    }
    return title + "\n" + grouped(answers);
  }

  /// One block for all stores with equal lines.
  static String grouped(Map<String, List<String>> answers) {
    Map<List<String>, List<String>> groups = new LinkedHashMap<>();
    answers.forEach(
        (store, lines) -> groups.computeIfAbsent(lines, _ -> new ArrayList<>()).add(store));
    StringBuilder text = new StringBuilder();
    groups.forEach((lines, names) -> {
      text.append("  ").append(String.join(", ", names)).append('\n');
      (lines.isEmpty() ? List.of("nothing") : lines)
          .forEach(line -> text.append("    ").append(line).append('\n'));
    });
    return text.toString();
  }
}
