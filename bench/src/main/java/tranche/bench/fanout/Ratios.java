package tranche.bench.fanout;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tranche.bench.contest.Contestant;

/// The figures that claims are made of. Each divides two times of the same operation in the same
/// run. `..._vs_floor` says how many times as long Tranche takes as the floor: 1 is the least. The
/// others say how many times as fast Tranche is: more is better.
final class Ratios {
  private static final Predicate<Contestant> TRANCHE = is("tranche");
  private static final Predicate<Contestant> FLOOR = is("floor");
  private static final Predicate<Contestant> FLYWAY = is("flyway");
  private static final Predicate<Contestant> FLYWAY_SEQUENTIAL =
      FLYWAY.and(contestant -> contestant.connections() == 1);
  private static final Predicate<Contestant> LIQUIBASE = is("liquibase");

  private Ratios() {}

  /// The ratios by name; empty where one side did not take part.
  static Map<String, Optional<Double>> of(Results results) {
    Map<String, Optional<Double>> found = new LinkedHashMap<>();
    for (Operation operation :
        new Operation[] {
          Operation.APPLY,
          Operation.NOOP,
          Operation.FIRST_APPLY,
          Operation.COLUMNS,
          Operation.STATUS
        }) {
      String key = operation.key();
      found.put(key + "_vs_floor", results.ratio(operation, TRANCHE, FLOOR));
      found.put(
          key + "_vs_flyway_sequential", results.ratio(operation, FLYWAY_SEQUENTIAL, TRANCHE));
      found.put(key + "_vs_flyway_best_threads", results.ratio(operation, FLYWAY, TRANCHE));
      found.put(key + "_vs_liquibase", results.ratio(operation, LIQUIBASE, TRANCHE));
    }
    return found;
  }

  private static Predicate<Contestant> is(String tool) {
    return contestant -> contestant.tool().equals(tool);
  }
}
