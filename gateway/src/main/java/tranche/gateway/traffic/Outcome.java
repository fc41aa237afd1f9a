package tranche.gateway.traffic;

/// Whether a finished request counts against the arm that served it.
enum Outcome {
  /// Answered below 500, or ended by the client.
  FINE,
  /// Answered with 5xx, by the arm or by the gateway for it, or cut off by it.
  ERROR
}
