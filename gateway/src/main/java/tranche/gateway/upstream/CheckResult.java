package tranche.gateway.upstream;

/// Outcome of one readiness check.
record CheckResult(boolean passed, String reason) {}
