package tranche.api.schema;

import java.util.List;

/// What belongs to the fleet and is left alone: how much, and the first hundred.
public record LeftOutStoresJson(int count, List<Item> items) {
  /// How many are listed.
  public static final int LISTED = 100;

  public LeftOutStoresJson {
    items = List.copyOf(items);
  }

  /// A tenant or store, and why it is left alone.
  public record Item(String who, String reason) {}
}
