package tranche.drivers.hook;

/// A call of a hook that did not go well. The message says how, in a few words, without the hook's
/// name.
public final class HookFailure extends Exception {
  private static final long serialVersionUID = 1;

  /// With what was seen.
  public HookFailure(String message) {
    super(message);
  }

  /// With what was seen and what it came from.
  public HookFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
