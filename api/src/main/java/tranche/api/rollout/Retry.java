package tranche.api.rollout;

import java.util.List;

/// Asks to try again: these tenants, or all that failed if the list is empty.
public record Retry(List<String> tenants) {
  public Retry {
    tenants = List.copyOf(tenants);
  }
}
