package tranche.drivers.http;

/// Ends a suite: what came instead of what a check expects.
final class CheckFinding extends Exception {
  private static final long serialVersionUID = 1L;

  CheckFinding(String finding) {
    super(finding);
  }

  CheckFinding(String finding, Throwable cause) {
    super(finding, cause);
  }

  String finding() {
    return String.valueOf(getMessage());
  }
}
