package tranche.api.rollout;

/// Why somebody asks for something, in their words; 1 to 1,000 characters. Sent with pause and
/// cancel.
public record Reason(String reason) {}
