package tranche.sql.lint;

import java.util.List;
import java.util.stream.Stream;

/// All rules.
public final class Rules {
  private static final List<Rule> ALL =
      Stream.concat(TableRules.all().stream(), ScriptRules.all().stream()).toList();

  private Rules() {}

  /// All rules, in the order in which they are documented.
  public static List<Rule> all() {
    return ALL;
  }
}
