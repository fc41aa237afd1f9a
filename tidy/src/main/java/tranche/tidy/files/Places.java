package tranche.tidy.files;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tranche.tidy.Repository;
import tranche.tidy.Violation;

/// Nothing in the repository knows on which machine or from which registry it was made.
public final class Places {
  /// The rule on paths of one machine.
  public static final String MACHINE_PATH = "machine-path";

  /// The rule on registries: which one is used is the user's setting, not ours.
  public static final String REGISTRY = "registry-host";

  // Put together here so that this file does not break its own rules.
  private static final Pattern PATHS =
      Pattern.compile("(?<![\\w.~}-])/(ro" + "ot|ho" + "me|wo" + "rk)/\\w");
  private static final Pattern HOSTS =
      Pattern.compile(
          "repo\\.maven\\."
              + "apache|repo1\\."
              + "maven|registry\\."
              + "npmjs|registry\\."
              + "yarnpkg|pypi\\."
              + "org|pythonhosted\\."
              + "org|proxy\\."
              + "golang");
  private static final Pattern RESOLVED = Pattern.compile("\"resol" + "ved\"\\s*:");
  private static final Set<String> BINARY =
      Set.of(
          "png", "jpg", "jpeg", "gif", "ico", "woff", "woff2", "jar", "gz", "zip", "webp", "pdf");

  private Places() {}

  /// What is wrong in any text file.
  ///
  /// @throws IOException if a file cannot be read
  public static List<Violation> violations(Repository repository) throws IOException {
    List<Violation> found = new ArrayList<>();
    for (Path file : repository.files()) {
      String name = file.getFileName().toString();
      if (!BINARY.contains(name.substring(name.lastIndexOf('.') + 1))) {
        found.addAll(inside(file, text(repository, file)));
      }
    }
    return found;
  }

  private static String text(Repository repository, Path file) throws IOException {
    try {
      return repository.text(file);
    } catch (MalformedInputException noText) {
      throw new IOException(file + " is no UTF-8 text; add its ending to Places.BINARY", noText);
    }
  }

  private static List<Violation> inside(Path file, String text) {
    List<Violation> found = new ArrayList<>();
    String where = file.toString();
    first(PATHS, text)
        .forEach(hit -> found.add(new Violation(MACHINE_PATH, where, "names " + hit)));
    first(HOSTS, text).forEach(hit -> found.add(new Violation(REGISTRY, where, "names " + hit)));
    if (where.endsWith("package-lock.json")) {
      first(RESOLVED, text)
          .forEach(hit ->
              found.add(
                  new Violation(
                      REGISTRY, where, "holds " + hit + " set omit-lockfile-registry-resolved")));
    }
    return found;
  }

  private static List<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? List.of(matcher.group()) : List.of();
  }
}
