package tranche.engine.fanout;

import java.util.List;
import java.util.Objects;

/// Stores or tenants that nothing was done to, for one reason.
///
/// @param reason a few words
/// @param count how many
/// @param first the names of some of them
public record SkipGroup(String reason, int count, List<String> first) {
  public SkipGroup {
    Objects.requireNonNull(reason);
    first = List.copyOf(first);
  }
}
