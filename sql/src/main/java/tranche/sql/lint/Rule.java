package tranche.sql.lint;

import java.util.Objects;
import tranche.core.migration.Finding.Reach;
import tranche.core.migration.Finding.Severity;

/// One thing that is looked for in migrations.
///
/// @param slug its stable name, for headers (`allow=`), options and output
/// @param severity of a finding, unless the header allows the rule
/// @param reach whom it hurts
/// @param condition when there is a finding
/// @param why what happens then
/// @param safeWay what to do instead, in general; a finding writes it out
public record Rule(
    String slug, Severity severity, Reach reach, String condition, String why, String safeWay) {
  /// A rule about what hurts those who use the store meanwhile.
  public Rule(String slug, Severity severity, String condition, String why, String safeWay) {
    this(slug, severity, Reach.STORE, condition, why, safeWay);
  }

  /// Checks the slug.
  public Rule {
    Objects.requireNonNull(severity);
    Objects.requireNonNull(reach);
    if (!slug.matches("[a-z]+(-[a-z]+)*")) {
      throw new IllegalArgumentException(slug);
    }
  }
}
