package tranche.app.schema.selection;

import java.nio.file.Files;
import java.nio.file.Path;
import tranche.app.cli.Surroundings;

/// Finds the stores that options name. Asked again, it looks again: stores come and go.
public final class TargetSearch {
  private static final String CONFIG = "tranche.yaml";

  private TargetSearch() {}

  /// The stores as they are now.
  ///
  /// @throws tranche.core.problem.ProblemException if options contradict each other, something
  ///   cannot be read or reached, or no store is meant
  public static Targets find(TargetOptions options, Surroundings surroundings) {
    options.requireConsistent();
    if (options.url().isPresent()) {
      return new AdHocTargets(options, options.url().get(), surroundings).find();
    }
    String named = options.config().orElse(CONFIG);
    Path file = surroundings.folder().resolve(named);
    if (options.config().isEmpty() && !Files.exists(file)) {
      throw new TargetProblem.NoTarget(named).exception();
    }
    return new FleetTargets(options, file, surroundings).find();
  }
}
