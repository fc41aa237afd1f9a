package tranche.tidy.problem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tranche.tidy.Repository;
import tranche.tidy.Violation;

/// Every problem has a page that says what, why and fix, and every page a problem.
public final class ProblemPages {
  /// The rule's name in failures and exceptions.
  public static final String RULE = "problem-page";

  private static final String FOLDER = "docs/reference/problems";
  private static final int SENTENCES_AT_LEAST = 40;

  private ProblemPages() {}

  /// What is missing on either side.
  ///
  /// @throws IOException if a page cannot be read
  public static List<Violation> violations(ProblemCodes codes, Repository repository)
      throws IOException {
    List<Violation> found = new ArrayList<>();
    Map<String, Path> pages = pages(repository);
    for (ProblemCodes.Code code : codes.codes()) {
      Path page = pages.remove(code.slug());
      String where = FOLDER + "/" + code.slug() + ".md";
      if (page == null) {
        found.add(new Violation(RULE, where, "is missing, but " + code.type() + " links to it"));
      } else if (!isWritten(code.slug(), repository.text(page))) {
        String what = "must start with '# " + code.slug() + "' and then say what, why and fix";
        found.add(new Violation(RULE, where, what));
      }
    }
    for (Path page : pages.values()) {
      found.add(new Violation(RULE, page.toString(), "describes a problem that no class has"));
    }
    return found;
  }

  private static Map<String, Path> pages(Repository repository) throws IOException {
    Map<String, Path> pages = new HashMap<>();
    for (Path file : repository.filesEndingWith(".md")) {
      String name = file.getFileName().toString();
      if (file.startsWith(FOLDER) && !name.equals("README.md")) {
        pages.put(name.substring(0, name.length() - ".md".length()), file);
      }
    }
    return pages;
  }

  private static boolean isWritten(String slug, String page) {
    String title = "# " + slug + "\n";
    return page.startsWith(title) && page.length() >= title.length() + SENTENCES_AT_LEAST;
  }
}
