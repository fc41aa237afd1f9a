package tranche.tidy.bytecode;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Set;
import tranche.tidy.Violation;

/// Only `postgres` talks to a database; the example application has one of its own, and `bench`
/// compares with what plain JDBC can do.
public final class Jdbc {
  /// The rule's name in failures and exceptions.
  public static final String RULE = "jdbc";

  private static final Set<String> MAY = Set.of("postgres", "issuetracker", "bench");
  private static final List<String> PACKAGES =
      List.of("java.sql", "javax.sql", "org.postgresql", "org.jdbi", "com.zaxxer.hikari");

  private Jdbc() {}

  /// Every use of JDBC elsewhere.
  public static List<Violation> violations(JavaClasses classes) {
    return classes.stream()
        .filter(type -> !MAY.contains(Arrows.moduleOf(type)))
        .flatMap(type ->
            type.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .filter(Jdbc::isJdbc)
                .map(JavaClass::getName)
                .distinct()
                .map(used -> violation(type, used)))
        .toList();
  }

  private static Violation violation(JavaClass type, String used) {
    String what = "uses " + used + ": put it behind a port of engine and into postgres";
    return new Violation(RULE, type.getName(), what);
  }

  private static boolean isJdbc(JavaClass used) {
    return PACKAGES.stream().anyMatch(used.getPackageName()::startsWith);
  }
}
