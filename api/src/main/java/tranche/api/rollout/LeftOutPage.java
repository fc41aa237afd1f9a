package tranche.api.rollout;

import java.util.List;
import java.util.Optional;

/// A page of the tenants that a plan leaves out. `next` is the cursor of the next page.
public record LeftOutPage(List<PlanJson.LeftOutTenant> items, long total, Optional<String> next) {
  public LeftOutPage {
    items = List.copyOf(items);
  }
}
