package tranche.drivers.process;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tranche.core.release.Release;

/// The argument vector of a release with its placeholders filled in. A placeholder is a word in
/// braces; anything else in braces is left as it is.
final class Command {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_-]*)}");

  private Command() {}

  /// @throws tranche.core.problem.ProblemException [ProcessProblem.UnknownPlaceholder]
  static List<String> of(Release release, Path java) {
    return release.artifact().command().stream()
        .map(argument -> filled(release, argument, java))
        .toList();
  }

  private static String filled(Release release, String argument, Path java) {
    return PLACEHOLDER
        .matcher(argument)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                switch (found.group(1)) {
                  case "java" -> java.toString();
                  case "folder" -> release.artifact().folder();
                  case String _ ->
                      throw new ProcessProblem.UnknownPlaceholder(release.id().value(), argument)
                          .exception();
                }));
  }
}
