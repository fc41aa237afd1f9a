package tranche.bench.fanout;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tranche.bench.contest.Contestant;
import tranche.bench.report.Sample;

/// All times of a run.
///
/// @param stores how many stores each contestant worked on
/// @param lines one per contestant
record Results(int stores, List<Line> lines) {
  /// One contestant's times, a sample of one time per round for each operation.
  record Line(Contestant contestant, Map<Operation, Sample> samples) {
    Line {
      samples = new LinkedHashMap<>(samples);
    }

    Sample of(Operation operation) {
      var sample = samples.get(operation);
      if (sample == null) {
        throw new IllegalStateException(contestant.label() + " has no time for " + operation);
      }
      return sample;
    }
  }

  Results {
    lines = List.copyOf(lines);
  }

  /// The fastest of the contestants for an operation; empty when none of them took part.
  Optional<Line> best(Operation operation, Predicate<Contestant> which) {
    return lines.stream()
        .filter(line -> which.test(line.contestant()))
        .min(Comparator.comparing((Line line) -> line.of(operation).median()));
  }

  /// The ratio of two times for one operation; empty when either side did not take part. A side of
  /// several contestants is represented by its fastest.
  Optional<Double> ratio(
      Operation operation, Predicate<Contestant> slower, Predicate<Contestant> faster) {
    return best(operation, slower)
        .flatMap(one ->
            best(operation, faster).map(other -> one.of(operation).times(other.of(operation))));
  }
}
