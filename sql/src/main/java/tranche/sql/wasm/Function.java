package tranche.sql.wasm;

import org.jspecify.annotations.Nullable;

/// A function of the module: imported, or a body that is translated at its first call.
final class Function {
  final int type;
  final Signature signature;

  /// The imported name, null for a body.
  final @Nullable String imported;

  /// Where the body is in the module's bytes.
  final int bodyStart;

  final int bodyEnd;

  // Threads may both translate it; either result is right, and a volatile write publishes it whole.
  private volatile @Nullable RegisterCode code;

  private Function(
      int type, Signature signature, @Nullable String imported, int bodyStart, int bodyEnd) {
    this.type = type;
    this.signature = signature;
    this.imported = imported;
    this.bodyStart = bodyStart;
    this.bodyEnd = bodyEnd;
  }

  static Function imported(int type, Signature signature, String name) {
    return new Function(type, signature, name, 0, 0);
  }

  static Function body(int type, Signature signature, int start, int end) {
    return new Function(type, signature, null, start, end);
  }

  RegisterCode code(Module module) {
    RegisterCode known = code;
    if (known == null) {
      known = new Translator(module, this).translate();
      code = known;
    }
    return known;
  }
}
