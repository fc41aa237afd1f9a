package tranche.core.migration;

import java.util.Objects;

/// A script that runs around migrations. Several of one event run in the order of their names.
public record Callback(CallbackEvent event, SqlScript script, TransactionMode transaction) {
  public Callback {
    Objects.requireNonNull(event);
    Objects.requireNonNull(script);
    Objects.requireNonNull(transaction);
  }
}
