package tranche.engine.control;

import java.util.List;
import tranche.core.fleet.TenantId;

/// What a person can ask of a rollout.
public sealed interface Command {
  /// Open a gate: `tranche N` or `contract`.
  record Approve(String subject) implements Command {}

  /// Begin nothing new.
  record Pause(String reason) implements Command {}

  /// Go on after a pause.
  record Resume() implements Command {}

  /// Try again: these tenants, or all that failed if empty.
  record Retry(List<TenantId> tenants) implements Command {
    public Retry {
      tenants = List.copyOf(tenants);
    }
  }

  /// End here; tenants stay where they are.
  record Cancel(String reason) implements Command {}

  /// Take back: these tenants, or all if empty.
  record Revert(List<TenantId> tenants, String reason) implements Command {
    public Revert {
      tenants = List.copyOf(tenants);
    }
  }
}
