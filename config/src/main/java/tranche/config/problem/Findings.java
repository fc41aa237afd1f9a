package tranche.config.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tranche.core.problem.ProblemException;

/// Collects what is wrong while reading goes on, so that one run reports all of it. Not
/// thread-safe.
public final class Findings {
  private final List<ConfigProblem> problems = new ArrayList<>();

  /// Nothing found yet.
  public Findings() {}

  /// Adds a problem.
  public void add(ConfigProblem problem) {
    problems.add(problem);
  }

  /// Reads something; a [ConfigProblem] that it throws is kept, and the result is empty. Any other
  /// exception passes through.
  public <T> Optional<T> attempt(Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (ProblemException e) {
      if (!(e.problem() instanceof ConfigProblem problem)) {
        throw e;
      }
      keep(problem);
      return Optional.empty();
    }
  }

  /// Reads each item, keeping the problems; those that could be read are returned in their order.
  public <I, T> List<T> each(List<I> items, Function<I, T> reading) {
    return items.stream().flatMap(item -> attempt(() -> reading.apply(item)).stream()).toList();
  }

  private void keep(ConfigProblem problem) {
    if (problem instanceof ConfigProblem.SeveralErrors several) {
      problems.addAll(several.problems());
    } else {
      problems.add(problem);
    }
  }

  /// Ends reading.
  ///
  /// @throws ProblemException the only problem found, or [ConfigProblem.SeveralErrors]
  public void throwIfAny() {
    if (problems.size() == 1) {
      throw problems.getFirst().exception();
    }
    if (!problems.isEmpty()) {
      throw new ConfigProblem.SeveralErrors(problems).exception();
    }
  }
}
