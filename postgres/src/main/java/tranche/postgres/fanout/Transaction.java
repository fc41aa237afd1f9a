package tranche.postgres.fanout;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A transaction on one store, as data: what it runs, and how to find out afterwards whether it has
/// committed.
///
/// @param at named in problems: `V3`
/// @param fingerprint what the store must be when it begins
/// @param progress key of the script that is halfway, empty for none, `*` for any
/// @param entering further statements as soon as the locks are held
/// @param script what it is for
/// @param leaving what comes after the script; its last row is the transaction's value
/// @param proof a query that has a row, the value, if and only if this transaction has committed;
///   empty if it may run twice. Only made when a connection was lost
record Transaction(
    String at,
    long fingerprint,
    String progress,
    List<String> entering,
    ScriptText script,
    String leaving,
    Optional<Supplier<String>> proof) {
  Transaction {
    entering = List.copyOf(entering);
  }
}
