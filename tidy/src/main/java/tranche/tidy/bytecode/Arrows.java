package tranche.tidy.bytecode;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tranche.tidy.Violation;

/// Which module may use which. A module is the second word of a package: `tranche.core.plan` is in
/// `core`. Maven already refuses what a pom does not name; this rule also refuses the pom.
public final class Arrows {
  /// The rule's name in failures and exceptions.
  public static final String RULE = "arrow";

  private static final Set<String> PRODUCT =
      Set.of("core", "sql", "config", "engine", "postgres", "gateway", "drivers", "api", "server");

  private static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("core", Set.of()),
          Map.entry("sql", Set.of("core")),
          Map.entry("config", Set.of("core")),
          Map.entry("engine", Set.of("core")),
          Map.entry("gateway", Set.of("core")),
          Map.entry("postgres", Set.of("core", "sql", "engine")),
          Map.entry("drivers", Set.of("core", "engine")),
          Map.entry("api", Set.of("core")),
          Map.entry("server", Set.of("core", "engine", "api")),
          Map.entry("app", PRODUCT),
          Map.entry("testkit", Set.of("core", "engine")),
          Map.entry("bench", Set.of("core", "sql", "config", "engine", "postgres")),
          Map.entry("build", Set.of()),
          Map.entry("tidy", Set.of()),
          Map.entry("issuetracker", Set.of()));

  private Arrows() {}

  /// Every use of a class in a module that the user's module may not know.
  public static List<Violation> violations(JavaClasses classes) {
    List<Violation> found = new ArrayList<>();
    for (JavaClass user : classes) {
      String module = moduleOf(user);
      Set<String> allowed = ALLOWED.get(module);
      if (allowed == null) {
        String what = "is in module '" + module + "', which Arrows does not know: add it there";
        found.add(new Violation(RULE, user.getName(), what));
      } else {
        found.addAll(beyond(user, module, allowed));
      }
    }
    return found;
  }

  private static List<Violation> beyond(JavaClass user, String module, Set<String> allowed) {
    return user.getDirectDependenciesFromSelf().stream()
        .map(Dependency::getTargetClass)
        .map(JavaClass::getBaseComponentType)
        .filter(used -> isOurs(used) && !moduleOf(used).equals(module))
        .filter(used -> !allowed.contains(moduleOf(used)))
        .map(JavaClass::getName)
        .distinct()
        .sorted()
        .map(used -> new Violation(RULE, user.getName(), sentence(module, used, allowed)))
        .toList();
  }

  private static String sentence(String module, String used, Set<String> allowed) {
    return "uses "
        + used
        + ", but "
        + module
        + " may use only "
        + allowed.stream().sorted().toList();
  }

  /// Whether the class belongs to this repository.
  static boolean isOurs(JavaClass type) {
    return type.getPackageName().startsWith("tranche.") || moduleOf(type).equals("issuetracker");
  }

  /// The module that the package name states.
  static String moduleOf(JavaClass type) {
    String[] words = type.getPackageName().split("\\.", 3);
    return words[0].equals("tranche") && words.length > 1 ? words[1] : words[0];
  }
}
