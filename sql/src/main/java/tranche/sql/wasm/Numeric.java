package tranche.sql.wasm;

/// Arithmetic that is too rare for a place in the [Interpreter]. A 32-bit number is a register's
/// lower half, a floating point number its bits.
final class Numeric {
  // The same operation on doubles has a number that is so much larger. Doubles hold every float,
  // and a
  // result is rounded twice without harm: a double has more than twice a float's digits.
  private static final int AFTER_FLOAT = 6;
  private static final int BEFORE_DOUBLE = 0x99 - 0x8b;

  private Numeric() {}

  /// The result of an operation; one with a single operand does not look at `y`.
  static long value(int operation, long x, long y) {
    if (operation >= 0x51 && operation <= 0x5a) {
      return compareLongs(operation, x, y) ? 1 : 0;
    }
    if (operation >= 0x5b && operation <= 0x60) {
      return compareDoubles(operation + AFTER_FLOAT, toFloat(x), toFloat(y)) ? 1 : 0;
    }
    if (operation >= 0x61 && operation <= 0x66) {
      return compareDoubles(operation, toDouble(x), toDouble(y)) ? 1 : 0;
    }
    if (operation >= 0x8b && operation <= 0x91) {
      return toBits((float) unaryDouble(operation + BEFORE_DOUBLE, toFloat(x)));
    }
    if (operation >= 0x92 && operation <= 0x98) {
      return toBits((float) binaryDouble(operation + BEFORE_DOUBLE, toFloat(x), toFloat(y)));
    }
    if (operation >= 0x67 && operation <= 0x78) {
      return ints(operation, (int) x, (int) y);
    }
    if (operation == 0x50 || (operation >= 0x79 && operation <= 0x8a)) {
      return longs(operation, x, y);
    }
    if (operation >= 0x99 && operation <= 0x9f) {
      return toBits(unaryDouble(operation, toDouble(x)));
    }
    if (operation >= 0xa0 && operation <= 0xa6) {
      return toBits(binaryDouble(operation, toDouble(x), toDouble(y)));
    }
    return convert(operation, x);
  }

  private static int ints(int operation, int x, int y) {
    return switch (operation) {
      case 0x67 -> Integer.numberOfLeadingZeros(x);
      case 0x68 -> Integer.numberOfTrailingZeros(x);
      case 0x69 -> Integer.bitCount(x);
      case 0x6d -> divide(x, y);
      case 0x6e -> Integer.divideUnsigned(x, y);
      case 0x6f -> x % y;
      case 0x70 -> Integer.remainderUnsigned(x, y);
      case 0x77 -> Integer.rotateLeft(x, y);
      case 0x78 -> Integer.rotateRight(x, y);
      default -> throw unknown(operation);
    };
  }

  private static int divide(int x, int y) {
    if (x == Integer.MIN_VALUE && y == -1) {
      throw new ArithmeticException("integer overflow");
    }
    return x / y;
  }

  private static long divide(long x, long y) {
    if (x == Long.MIN_VALUE && y == -1) {
      throw new ArithmeticException("integer overflow");
    }
    return x / y;
  }

  private static boolean compareLongs(int operation, long x, long y) {
    return switch (operation) {
      case 0x51 -> x == y;
      case 0x52 -> x != y;
      case 0x53 -> x < y;
      case 0x54 -> Long.compareUnsigned(x, y) < 0;
      case 0x55 -> x > y;
      case 0x56 -> Long.compareUnsigned(x, y) > 0;
      case 0x57 -> x <= y;
      case 0x58 -> Long.compareUnsigned(x, y) <= 0;
      case 0x59 -> x >= y;
      default -> Long.compareUnsigned(x, y) >= 0;
    };
  }

  private static long longs(int operation, long x, long y) {
    return switch (operation) {
      case 0x50 -> x == 0 ? 1 : 0;
      case 0x79 -> Long.numberOfLeadingZeros(x);
      case 0x7a -> Long.numberOfTrailingZeros(x);
      case 0x7b -> Long.bitCount(x);
      case 0x7c -> x + y;
      case 0x7d -> x - y;
      case 0x7e -> x * y;
      case 0x7f -> divide(x, y);
      case 0x80 -> Long.divideUnsigned(x, y);
      case 0x81 -> x % y;
      case 0x82 -> Long.remainderUnsigned(x, y);
      case 0x83 -> x & y;
      case 0x84 -> x | y;
      case 0x85 -> x ^ y;
      case 0x86 -> x << y;
      case 0x87 -> x >> y;
      case 0x88 -> x >>> y;
      case 0x89 -> Long.rotateLeft(x, (int) y);
      case 0x8a -> Long.rotateRight(x, (int) y);
      default -> throw unknown(operation);
    };
  }

  private static boolean compareDoubles(int operation, double x, double y) {
    return switch (operation) {
      case 0x61 -> x == y;
      case 0x62 -> x != y;
      case 0x63 -> x < y;
      case 0x64 -> x > y;
      case 0x65 -> x <= y;
      default -> x >= y;
    };
  }

  private static double unaryDouble(int operation, double x) {
    return switch (operation) {
      case 0x99 -> Math.abs(x);
      case 0x9a -> -x;
      case 0x9b -> Math.ceil(x);
      case 0x9c -> Math.floor(x);
      case 0x9d -> x < 0 ? Math.ceil(x) : Math.floor(x);
      case 0x9e -> Math.rint(x);
      default -> Math.sqrt(x);
    };
  }

  private static double binaryDouble(int operation, double x, double y) {
    return switch (operation) {
      case 0xa0 -> x + y;
      case 0xa1 -> x - y;
      case 0xa2 -> x * y;
      case 0xa3 -> x / y;
      case 0xa4 -> Math.min(x, y);
      case 0xa5 -> Math.max(x, y);
      default -> Math.copySign(x, y);
    };
  }

  private static long convert(int operation, long x) {
    return switch (operation) {
      case 0xa7, 0xac, 0xbc, 0xbe, 0xc4 -> (int) x;
      case 0xad -> x & 0xffff_ffffL;
      case 0xc0, 0xc2 -> (byte) x;
      case 0xc1, 0xc3 -> (short) x;
      case 0xbd, 0xbf -> x;
      case 0xb2 -> toBits((float) (int) x);
      case 0xb3 -> toBits((float) (x & 0xffff_ffffL));
      case 0xb4 -> toBits((float) x);
      case 0xb5 -> toBits(x >= 0 ? (float) x : 2 * (float) ((x >>> 1) | (x & 1)));
      case 0xb6 -> toBits((float) toDouble(x));
      case 0xb7 -> toBits((double) (int) x);
      case 0xb8 -> toBits((double) (x & 0xffff_ffffL));
      case 0xb9 -> toBits((double) x);
      case 0xba -> toBits(unsigned(x));
      case 0xbb -> toBits((double) toFloat(x));
      default -> truncate(operation, x);
    };
  }

  /// To a whole number. What does not fit becomes the nearest that does, also where WebAssembly
  /// would trap: compiled C asks first.
  private static long truncate(int operation, long x) {
    return switch (operation) {
      case 0xa8, Op.TRUNCATE -> (int) toFloat(x);
      case 0xa9, Op.TRUNCATE + 1 -> toUnsignedInt(toFloat(x));
      case 0xaa, Op.TRUNCATE + 2 -> (int) toDouble(x);
      case 0xab, Op.TRUNCATE + 3 -> toUnsignedInt(toDouble(x));
      case 0xae, Op.TRUNCATE + 4 -> (long) toFloat(x);
      case 0xaf, Op.TRUNCATE + 5 -> toUnsignedLong(toFloat(x));
      case 0xb0, Op.TRUNCATE + 6 -> (long) toDouble(x);
      case 0xb1, Op.TRUNCATE + 7 -> toUnsignedLong(toDouble(x));
      default -> throw unknown(operation);
    };
  }

  private static double unsigned(long x) {
    // Halved with its last bit kept, so that rounding happens once.
    return x >= 0 ? (double) x : 2 * (double) ((x >>> 1) | (x & 1));
  }

  private static int toUnsignedInt(double x) {
    return (int) Math.clamp((long) x, 0L, 0xffff_ffffL);
  }

  private static long toUnsignedLong(double x) {
    double half = 0x1p63;
    if (!(x > 0)) {
      return 0;
    }
    if (x < half) {
      return (long) x;
    }
    return x >= 2 * half ? -1L : (long) (x - half) ^ Long.MIN_VALUE;
  }

  private static float toFloat(long bits) {
    return Float.intBitsToFloat((int) bits);
  }

  private static double toDouble(long bits) {
    return Double.longBitsToDouble(bits);
  }

  private static long toBits(float value) {
    return Float.floatToRawIntBits(value);
  }

  private static long toBits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static Trap unknown(int operation) {
    return Trap.fault("operation 0x" + Integer.toHexString(operation) + " is not known");
  }
}
