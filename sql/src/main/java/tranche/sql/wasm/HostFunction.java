package tranche.sql.wasm;

/// A function that the module imports.
@FunctionalInterface
public interface HostFunction {
  /// Runs it. Argument `i` is register `window + i`.
  ///
  /// @param caller the instance that calls
  /// @param window the first argument's register; registers after the arguments are free
  /// @return the result, ignored where the function has none
  long call(Instance caller, int window);
}
