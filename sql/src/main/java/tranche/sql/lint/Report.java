package tranche.sql.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tranche.core.migration.Finding;
import tranche.core.migration.Finding.Severity;
import tranche.sql.parse.TextRange;
import tranche.sql.split.ScriptPart;

/// Collects findings. A rule that the script's header allows warns instead of stopping.
final class Report {
  private final Reviewed migration;
  private final Set<String> allowed;
  private final List<Finding> findings = new ArrayList<>();

  Report(Reviewed migration) {
    this.migration = migration;
    this.allowed = AllowedRules.in(migration.script());
  }

  /// Adds a finding about a statement.
  void add(Rule rule, ScriptPart part, String what, String safeWay) {
    add(rule, rule.severity(), part, what, safeWay);
  }

  /// Adds a finding of another severity than the rule's.
  void add(Rule rule, Severity severity, ScriptPart part, String what, String safeWay) {
    var place = TextRange.placeOf(migration.script(), part.offset());
    findings.add(
        new Finding(
            allowed.contains(rule.slug()) && severity == Severity.ERROR
                ? Severity.WARNING
                : severity,
            rule.reach(),
            rule.slug(),
            migration.source().up().name(),
            place.line(),
            place.column(),
            what,
            rule.why(),
            safeWay));
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }
}
