package tranche.e2e.input;

import java.util.List;

/// The problem that a case must lead to: its code, the exit code, and what its text must name.
record Expected(String code, int exitCode, List<String> names) {
  static Expected problem(String code, int exitCode, String... names) {
    return new Expected(code, exitCode, List.of(names));
  }
}
