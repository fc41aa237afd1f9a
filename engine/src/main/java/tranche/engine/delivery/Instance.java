package tranche.engine.delivery;

/// A running copy of the application, `id` being unique and never used again for another process
/// generation of a different arm.
public record Instance(String id, Arm arm, String host, int port, State state) {
  /// What was last seen of it.
  public enum State {
    /// Its process runs and answers that it can serve.
    READY,
    /// Its process runs.
    STARTING,
    /// Its process is gone.
    DEAD
  }
}
