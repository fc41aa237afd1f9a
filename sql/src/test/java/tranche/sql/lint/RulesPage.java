package tranche.sql.lint;

import java.util.List;

/// The page `docs/reference/schema-rules.md`, made from the rules.
final class RulesPage {
  private RulesPage() {}

  static String text() {
    StringBuilder page = new StringBuilder(HEAD);
    List<Rule> tables = TableRules.all();
    section(page, "Tables, columns, constraints, indexes", tables);
    section(page, "Rows, isolation, session, server", ScriptRules.all());
    return page.toString();
  }

  private static void section(StringBuilder page, String title, List<Rule> rules) {
    page.append("\n## ").append(title).append('\n');
    for (Rule rule : rules) {
      page.append("\n### ").append(rule.slug()).append("\n\n");
      page.append(word(rule)).append(": ").append(rule.condition()).append(".\n\n");
      page.append(rule.why()).append("\n\n");
      page.append("Instead: ").append(rule.safeWay()).append('\n');
    }
  }

  private static String word(Rule rule) {
    return switch (rule.severity()) {
      case ERROR ->
          switch (rule.reach()) {
            case STORE -> "**Error**";
            case BEYOND -> "**Error, also on empty stores**";
          };
      case WARNING -> "**Warning**";
      case NOTE -> "**Note**";
    };
  }

  private static final String HEAD =
      """
      # Rules for migrations

      Before a migration runs, each of its statements is looked at. What would hurt the release that is running
      meanwhile is an error, and nothing of the plan runs; warnings and notes stop nothing. A finding names file, line
      and column, and writes the safe way out for exactly this table and column.

      Only migrations that a store still needs are looked at, so the past of an adopted folder does not matter. On
      tables that the script itself makes nothing is unsafe, because nobody uses them yet.

      An error is a warning where nobody can be hurt: when other stores of the run have exactly this migration in
      their history already, so that who comes late has to get it too, or when every store that needs it is empty
      (no tables, nothing in its history). `plan` says which of the two. An error that reaches beyond the store, or
      breaks what its history and isolation rest on, stays one.

      One more rule, `breaks-reference`, comes from the configuration: a migration of the shared store that takes away
      what tenants [refer to](schema-command.md#references-across-stores) is an error everywhere.

      An error that is meant is allowed by a header line before the first statement, and becomes a warning:

      ```sql
      -- tranche: allow=rewrite-table,cascade
      ```

      What depends on the store is taken at its worst: whether a table is empty, whether a type is only made longer.
      PostgreSQL's locks are those of versions 15 to 18, the strongest where they differ.
      """;
}
