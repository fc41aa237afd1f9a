package tranche.core.policy;

import java.time.Duration;
import java.util.List;

/// How the traffic of the tenants that move together goes from the baseline to the candidate arm.
public sealed interface Strategy {
  /// The candidate's weights in percent, rising, ending at 100.
  List<Integer> weights();

  /// How long each weight is kept, with nothing else changing.
  Duration bake();

  /// The word used in configuration and output.
  String word();

  /// In steps, for instance 10/50/100.
  record Canary(List<Integer> weights, Duration bake) implements Strategy {
    public Canary {
      weights = List.copyOf(weights);
      requireRising(weights);
    }

    @Override
    public String word() {
      return "canary";
    }
  }

  /// All at once, after the candidate has been verified beside the baseline.
  record BlueGreen(Duration bake) implements Strategy {
    @Override
    public List<Integer> weights() {
      return List.of(100);
    }

    @Override
    public String word() {
      return "blue-green";
    }
  }

  /// As blue-green, one tenant at a time in a cell of its own.
  record Individual(Duration bake) implements Strategy {
    @Override
    public List<Integer> weights() {
      return List.of(100);
    }

    @Override
    public String word() {
      return "individual";
    }
  }

  private static void requireRising(List<Integer> weights) {
    int last = 0;
    for (int weight : weights) {
      if (weight <= last || weight > 100) {
        throw new IllegalArgumentException("weights must rise to 100: " + weights);
      }
      last = weight;
    }
    if (last != 100) {
      throw new IllegalArgumentException("the last weight must be 100: " + weights);
    }
  }
}
