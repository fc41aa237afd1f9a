package tranche.gateway.upstream;

import java.time.Duration;

/// How readiness is checked.
///
/// @param interval time between two checks of an instance
/// @param timeout most time a check may take
/// @param unhealthyAfter failed checks in a row that make a ready instance not ready
/// @param healthyAfter passed checks in a row that make it ready
public record HealthRules(
    Duration interval, Duration timeout, int unhealthyAfter, int healthyAfter) {}
