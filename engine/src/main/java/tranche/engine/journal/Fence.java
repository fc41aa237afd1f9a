package tranche.engine.journal;

/// A fencing number: each holder of the lease gets a higher one. Every effect carries it, and
/// whatever is affected refuses a number lower than one it has seen (I4), so a process that was
/// frozen or cut off and wakes up late can change nothing.
public record Fence(long epoch) {
  public Fence {
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch " + epoch);
    }
  }
}
