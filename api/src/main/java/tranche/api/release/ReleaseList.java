package tranche.api.release;

import java.util.List;

/// All releases, oldest first.
public record ReleaseList(List<ReleaseJson> items) {
  public ReleaseList {
    items = List.copyOf(items);
  }
}
