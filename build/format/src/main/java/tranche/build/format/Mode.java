package tranche.build.format;

import java.util.Map;

/// What to do with a file that is not in shape.
enum Mode {
  /// Rewrite it in place.
  APPLY,
  /// Name it and fail.
  CHECK;

  /// Reads the mode asked for. A build server (`CI=true`) always checks: rewriting files in a
  /// checkout that is thrown away would hide that they were pushed unformatted.
  static Mode of(String asked, Map<String, String> environment) {
    if ("true".equals(environment.get("CI"))) {
      return CHECK;
    }
    return switch (asked) {
      case "apply" -> APPLY;
      case "check" -> CHECK;
      default ->
          throw new IllegalArgumentException(
              "-Dformat=" + asked + " is unknown; use -Dformat=apply or -Dformat=check");
    };
  }
}
