package tranche.core.migration;

import java.util.Objects;

/// Something about a statement that its author should know.
///
/// @param severity whether it may run
/// @param reach whom it hurts
/// @param rule stable kebab-case name, such as `rewrite-table`
/// @param script the file
/// @param line from 1
/// @param column from 1
/// @param what what the statement does
/// @param why why that hurts
/// @param safeWay what to write instead, as SQL or as an instruction
public record Finding(
    Severity severity,
    Reach reach,
    String rule,
    String script,
    int line,
    int column,
    String what,
    String why,
    String safeWay) {
  public Finding {
    Objects.requireNonNull(severity);
    Objects.requireNonNull(reach);
    Objects.requireNonNull(rule);
    Objects.requireNonNull(script);
    Objects.requireNonNull(what);
    Objects.requireNonNull(why);
    Objects.requireNonNull(safeWay);
  }

  /// Whom it hurts.
  public enum Reach {
    /// Those who use the store meanwhile; nobody, if the store is not used.
    STORE,
    /// More than the store, or what its history and its isolation rest on, whoever uses it.
    BEYOND
  }

  /// How serious it is.
  public enum Severity {
    /// It is unsafe for the running release; not run unless the rule is allowed in the file's
    /// header.
    ERROR,
    /// It is worth a look.
    WARNING,
    /// Good to know.
    NOTE
  }
}
