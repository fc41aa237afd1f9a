package tranche.api.rollout;

import java.util.List;

/// Asks to take back: these tenants, or all if the list is empty.
public record Revert(List<String> tenants, String reason) {
  public Revert {
    tenants = List.copyOf(tenants);
  }
}
