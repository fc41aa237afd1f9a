package tranche.tidy.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tranche.tidy.Repository;
import tranche.tidy.Violation;

/// Every link from a document to a file of the repository leads somewhere.
public final class Links {
  /// The rule's name in failures and exceptions.
  public static final String RULE = "dead-link";

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)[^)]*\\)");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");

  private Links() {}

  /// The links that lead nowhere.
  ///
  /// @throws IOException if a document cannot be read
  public static List<Violation> violations(Repository repository) throws IOException {
    List<Violation> found = new ArrayList<>();
    for (Path file : repository.filesEndingWith(".md")) {
      Matcher links = LINK.matcher(CODE.matcher(repository.text(file)).replaceAll(""));
      while (links.find()) {
        String target = links.group(1).replaceFirst("#.*", "");
        if (isFile(target)
            && !Files.exists(repository.root().resolve(file).resolveSibling(target))) {
          found.add(
              new Violation(RULE, file.toString(), "links to " + target + ", which is missing"));
        }
      }
    }
    return found;
  }

  private static boolean isFile(String target) {
    return !target.isEmpty() && !target.matches("[a-z]+:.*");
  }
}
