package tranche.tidy;

/// One place that breaks one rule.
///
/// @param rule the rule's short name, as used in `tidy/exceptions.txt`
/// @param where the file or class, so that it can be opened; no line number, so that it is stable
/// @param what what is wrong there and what to do about it
public record Violation(String rule, String where, String what) {
  @Override
  public String toString() {
    return rule + "  " + where + "  " + what;
  }
}
