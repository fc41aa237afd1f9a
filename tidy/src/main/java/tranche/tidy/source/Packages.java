package tranche.tidy.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tranche.tidy.Violation;

/// Every package says what it is for and has a name that says it too.
public final class Packages {
  /// The rule on names.
  public static final String NAME = "package-name";

  /// The rule on `package-info.java`.
  public static final String INFO = "package-info";

  private static final Set<String> SAY_NOTHING =
      Set.of("util", "utils", "common", "helper", "helpers", "manager", "impl", "model", "dto");

  /// Tools take it for what a build left behind, and pass over it: formatter, rebuild check, git.
  private static final String BUILD_FOLDER = "target";

  private static final int INFO_LINES = 25;

  private Packages() {}

  /// What is wrong with the packages of these files.
  public static List<Violation> violations(List<JavaSource> sources) {
    List<Violation> found = new ArrayList<>();
    for (String folder : foldersOf(sources)) {
      for (String word : folder.split("/", -1)) {
        if (SAY_NOTHING.contains(word)) {
          found.add(new Violation(NAME, folder, "'" + word + "' says nothing: name the noun"));
        }
        if (word.equals(BUILD_FOLDER)) {
          found.add(new Violation(NAME, folder, "is passed over as build output: rename it"));
        }
      }
    }
    found.addAll(withoutInfo(sources));
    return found;
  }

  private static Set<String> foldersOf(List<JavaSource> sources) {
    return sources.stream()
        .filter(source -> !source.packageName().isEmpty())
        .map(source -> source.path().substring(0, source.path().lastIndexOf('/')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Violation> withoutInfo(List<JavaSource> sources) {
    List<Violation> found = new ArrayList<>();
    List<JavaSource> shipped =
        sources.stream().filter(source -> source.path().contains("src/main/java/")).toList();
    List<JavaSource> infos =
        shipped.stream().filter(source -> source.fileName().equals("package-info.java")).toList();
    Set<String> missing = foldersOf(shipped);
    for (JavaSource info : infos) {
      missing.removeAll(foldersOf(List.of(info)));
      found.addAll(inside(info));
    }
    for (String folder : missing) {
      found.add(new Violation(INFO, folder, "has no package-info.java: say what it is for"));
    }
    return found;
  }

  private static List<Violation> inside(JavaSource info) {
    List<Violation> found = new ArrayList<>();
    boolean marked =
        info.tree().getPackageAnnotations().stream()
            .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("NullMarked"));
    if (!marked) {
      found.add(new Violation(INFO, info.path(), "is not @NullMarked"));
    }
    long comment = info.text().lines().filter(line -> line.startsWith("///")).count();
    if (comment == 0 || comment > INFO_LINES) {
      String what = "has " + comment + " lines of documentation, wanted are 1 to " + INFO_LINES;
      found.add(new Violation(INFO, info.path(), what));
    }
    return found;
  }
}
