package tranche.gateway.route;

import java.util.Locale;
import java.util.Optional;

/// What keeps a request on the same side of a traffic split as the ones before it.
public enum Sticky {
  /// The user named in the user header; requests without a user are spread.
  USER,
  /// The tenant: all its requests go to one arm.
  TENANT,
  /// Nothing: requests are spread by a counter.
  NONE;

  /// The name used in JSON.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Finds a value by its JSON name.
  public static Optional<Sticky> ofWireName(String name) {
    for (Sticky sticky : values()) {
      if (sticky.wireName().equals(name)) {
        return Optional.of(sticky);
      }
    }
    return Optional.empty();
  }
}
