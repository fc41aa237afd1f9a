package tranche.sql.wasm;

/// A translated function.
final class RegisterCode {
  /// Instructions of four numbers each, some followed by further groups of four.
  final int[] code;

  /// How many registers are filled by the caller.
  final int parameters;

  /// How many registers are named, parameters included; the others are cleared.
  final int locals;

  /// How many registers it uses in all.
  final int frame;

  RegisterCode(int[] code, int parameters, int locals, int frame) {
    this.code = code;
    this.parameters = parameters;
    this.locals = locals;
    this.frame = frame;
  }
}
