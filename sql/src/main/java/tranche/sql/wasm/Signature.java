package tranche.sql.wasm;

/// A function's type. Register code does not need to know which types: only how many.
///
/// @param parameters how many
/// @param results 0 or 1
record Signature(int parameters, int results) {}
