package tranche.sql.wasm;

/// A module did what it must not, or more than it may. The instance is unusable afterwards.
public final class Trap extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Cause reason;

  /// What a trap was about.
  public enum Cause {
    /// Calls were nested more deeply than [Limits] allow.
    DEPTH,
    /// More memory was wanted than [Limits] allow.
    MEMORY,
    /// Loops went round more often than [Instance#allowRepeats] allows.
    WORK,
    /// The code itself gave up, or reached for an address or a function that does not exist.
    FAULT
  }

  Trap(Cause reason, String message) {
    super(message);
    this.reason = reason;
  }

  Trap(Cause reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /// A trap that a host function raises because the module called it.
  public static Trap fault(String message) {
    return new Trap(Cause.FAULT, message);
  }

  /// A trap because the module's memory cannot hold what the host wants to put there.
  public static Trap memory(String message) {
    return new Trap(Cause.MEMORY, message);
  }

  /// What it was about.
  public Cause reason() {
    return reason;
  }
}
