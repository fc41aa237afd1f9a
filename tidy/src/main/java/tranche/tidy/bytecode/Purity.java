package tranche.tidy.bytecode;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tranche.tidy.Violation;

/// What decides is a function of its arguments: `core` and `sql` read no clock and no environment,
/// draw no random number, do no I/O and write no log. The same input then gives the same plan and
/// the same verdict, on every node and in every replay.
public final class Purity {
  /// The rule's name in failures and exceptions.
  public static final String RULE = "purity";

  private static final Set<String> PURE = Set.of("core", "sql");

  private static final List<String> CLOCKS = List.of("java.time.Clock", "java.time.InstantSource");
  private static final Map<String, Set<String>> CALLS =
      Map.of(
          "java.lang.System",
          Set.of(
              "currentTimeMillis",
              "nanoTime",
              "getenv",
              "getProperty",
              "getLogger",
              "exit",
              "in",
              "out",
              "err"),
          "java.util.UUID",
          Set.of("randomUUID"),
          "java.lang.Math",
          Set.of("random"),
          "java.lang.Thread",
          Set.of("sleep", "start", "startVirtualThread"));

  private static final List<String> PACKAGES =
      List.of("java.io.", "java.nio.", "java.net.", "java.util.random.", "java.util.logging.");
  private static final Set<String> TYPES =
      Set.of(
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.security.SecureRandom",
          "java.util.concurrent.ThreadLocalRandom",
          "java.lang.System$Logger");

  // A charset and a byte order are values and Serializable a mark; none touches the world.
  private static final List<String> HARMLESS =
      List.of("java.io.Serializable", "java.nio.ByteOrder", "java.nio.charset.");

  private Purity() {}

  /// Every use of the world by a pure module.
  public static List<Violation> violations(JavaClasses classes) {
    return classes.stream()
        .filter(type -> PURE.contains(Arrows.moduleOf(type)))
        .flatMap(type -> worldlyUses(type).map(what -> new Violation(RULE, type.getName(), what)))
        .toList();
  }

  private static Stream<String> worldlyUses(JavaClass type) {
    Stream<String> calls =
        Stream.concat(
                type.getAccessesFromSelf().stream(), type.getMethodReferencesFromSelf().stream())
            .filter(Purity::touchesTheWorld)
            .map(access -> "calls " + access.getTarget().getFullName());
    Stream<String> types =
        type.getDirectDependenciesFromSelf().stream()
            .map(Dependency::getTargetClass)
            .map(JavaClass::getBaseComponentType)
            .map(JavaClass::getName)
            .filter(Purity::isWorldly)
            .map(name -> "uses " + name);
    return Stream.concat(calls, types)
        .distinct()
        .sorted()
        .map(
            what -> what + ": take the value as a parameter, or move the effect to another module");
  }

  private static boolean touchesTheWorld(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getTarget().getName();
    boolean readsClock =
        (owner.startsWith("java.time.") && name.equals("now"))
            || (CLOCKS.contains(owner) && name.startsWith("system"));
    return readsClock || CALLS.getOrDefault(owner, Set.of()).contains(name);
  }

  private static boolean isWorldly(String type) {
    return HARMLESS.stream().noneMatch(type::startsWith)
        && (TYPES.contains(type) || PACKAGES.stream().anyMatch(type::startsWith));
  }
}
