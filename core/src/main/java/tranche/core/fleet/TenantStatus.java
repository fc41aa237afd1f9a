package tranche.core.fleet;

/// Whether a tenant takes part in rollouts.
public sealed interface TenantStatus {
  /// Moves with the others.
  record Active() implements TenantStatus {}

  /// Not served at present; stays where it is.
  record Suspended() implements TenantStatus {}

  /// Served, but must not move; `reason` is a person's words.
  record Held(String reason) implements TenantStatus {}
}
