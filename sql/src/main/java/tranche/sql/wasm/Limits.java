package tranche.sql.wasm;

/// How much one instance may use.
///
/// @param startPages pages of 64 KiB that the memory has at the start
/// @param mostPages pages of 64 KiB that the memory may grow to
/// @param depth how deeply calls may be nested; each level needs up to about 500 bytes of the
///   thread's stack, more before the code is compiled
/// @param registers the size of the register stack, in 64-bit registers
public record Limits(int startPages, int mostPages, int depth, int registers) {
  static final int PAGE = 65_536;

  /// Checks that the memory fits a Java array.
  public Limits {
    if (startPages < 1 || mostPages < startPages || mostPages > 32_767) {
      throw new IllegalArgumentException("pages " + startPages + " to " + mostPages);
    }
    if (depth < 1 || registers < 1) {
      throw new IllegalArgumentException("depth " + depth + ", registers " + registers);
    }
  }
}
