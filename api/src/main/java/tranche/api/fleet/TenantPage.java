package tranche.api.fleet;

import java.util.List;
import java.util.Optional;

/// A page of tenants; `total` counts all that match. `next` is the cursor of the next page.
public record TenantPage(List<TenantJson> items, long total, Optional<String> next) {
  public TenantPage {
    items = List.copyOf(items);
  }
}
