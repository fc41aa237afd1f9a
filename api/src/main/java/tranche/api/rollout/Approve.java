package tranche.api.rollout;

import java.util.Optional;

/// Opens a gate: that of a tranche, by number, or that of contract. Exactly one of the two.
public record Approve(Optional<Integer> tranche, Optional<Boolean> contract) {
  /// Lets a tranche begin.
  public static Approve ofTranche(int number) {
    return new Approve(Optional.of(number), Optional.empty());
  }

  /// Lets contract begin.
  public static Approve ofContract() {
    return new Approve(Optional.empty(), Optional.of(true));
  }
}
