package tranche.tidy.bytecode;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import tranche.tidy.Violation;

/// Packages form no cycle, so that each can be understood, tested and moved without the others.
public final class Cycles {
  /// The rule's name in failures and exceptions.
  public static final String RULE = "package-cycle";

  private Cycles() {}

  /// Every cycle among the packages, with the uses that close it.
  public static List<Violation> violations(JavaClasses classes) {
    return SlicesRuleDefinition.slices()
        .matching("(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .evaluate(classes)
        .getFailureReport()
        .getDetails()
        .stream()
        .map(cycle -> new Violation(RULE, firstPackageOf(cycle), cycle))
        .toList();
  }

  private static String firstPackageOf(String cycle) {
    int start = cycle.indexOf("Slice ") + "Slice ".length();
    return cycle.substring(start, cycle.indexOf(' ', start));
  }
}
