package tranche.core.rollout;

import java.util.Objects;

/// A batch inside a tranche: `3.2` is the second batch of tranche 3, `3.r1` the first batch of
/// tenants that are tried again there.
public record BatchId(int tranche, String name) {
  public BatchId {
    Objects.requireNonNull(name);
  }

  /// Reads the form that [#toString()] writes.
  public static BatchId parse(String text) {
    int dot = text.indexOf('.');
    return new BatchId(Integer.parseInt(text.substring(0, dot)), text.substring(dot + 1));
  }

  @Override
  public String toString() {
    return tranche + "." + name;
  }
}
