package tranche.core.verify;

import java.util.List;
import java.util.Objects;

/// A named list of checks, run in order for one tenant; the first that fails ends it.
public record Suite(String name, List<Check> checks) {
  public Suite {
    Objects.requireNonNull(name);
    checks = List.copyOf(checks);
  }
}
