package tranche.api.rollout;

import java.util.List;
import java.util.Optional;

/// A page of the tenants that a plan moves, in the order of moving. `next` is the cursor of the
/// next page.
public record MovePage(List<MoveJson> items, long total, Optional<String> next) {
  public MovePage {
    items = List.copyOf(items);
  }

  /// One tenant's way; `from` is absent if it runs nothing yet.
  public record MoveJson(
      String tenant,
      int tranche,
      String batch,
      Optional<String> from,
      String cell,
      List<String> stores) {
    public MoveJson {
      stores = List.copyOf(stores);
    }
  }
}
