package tranche.sql.wasm;

/// Passes over instructions that cannot be reached: their operands' heights are not known.
final class DeadCode {
  private final ByteReader in;
  private int nested;

  DeadCode(ByteReader in) {
    this.in = in;
  }

  /// Passes over one instruction.
  ///
  /// @return whether it is the `else` or `end` of the block that became unreachable, and is
  ///   therefore still to be translated
  boolean endsAt(int operation) {
    switch (operation) {
      case 0x02, 0x03, 0x04 -> {
        in.signedLong();
        nested++;
      }
      case 0x05 -> {
        return nested == 0;
      }
      case 0x0b -> {
        nested--;
        return nested < 0;
      }
      default -> skipOperands(operation);
    }
    return false;
  }

  private void skipOperands(int operation) {
    switch (operation) {
      case 0x0c, 0x0d, 0x10, 0x20, 0x21, 0x22, 0x23, 0x24, 0x3f, 0x40 -> in.size();
      case 0x41, 0x42 -> in.signedLong();
      case 0x43 -> in.skip(Integer.BYTES);
      case 0x44 -> in.skip(Long.BYTES);
      case 0x0e -> {
        int labels = in.size();
        for (int i = 0; i <= labels; i++) {
          in.size();
        }
      }
      case 0xfc -> {
        int kind = in.size();
        in.skip(kind == 10 ? 2 : kind == 11 ? 1 : 0);
      }
      default -> {
        boolean hasTwo = operation == 0x11 || (operation >= 0x28 && operation <= 0x3e);
        if (hasTwo) {
          in.size();
          in.size();
        }
      }
    }
  }
}
