package tranche.api.rollout;

/// Asks to start exactly that plan, named by its id or hash.
public record StartRollout(String plan) {}
