package tranche.sql.wasm;

/// Operations of the register code. The comment says what the three operands are: `d` destination,
/// `x`, `y` sources, `n` a number; the rest are registers.
///
/// The frequent ones have negative numbers, the most frequent the least, as counted while
/// migrations were parsed: the JVM's first compiler, the only one that short commands use, makes of
/// a switch a chain of comparisons in ascending order. The others have WebAssembly's numbers;
/// arithmetic without a name here is left to [Numeric].
final class Op {
  static final int UNREACHABLE = 0x00;
  static final int CALL = -26; // -, window, function
  static final int CALL_INDIRECT = 0x11; // index, window, type
  static final int SELECT = -27; // d, x, y, and the condition in a further group
  static final int GLOBAL_GET = -24; // d, -, n
  static final int GLOBAL_SET = -31; // x, -, n

  // Loads are d, address, offset; stores are address, x, offset.
  static final int I32_LOAD = -43;
  static final int I64_LOAD = 0x29;
  static final int F32_LOAD = 0x2a;
  static final int F64_LOAD = 0x2b;
  static final int I32_LOAD8_S = 0x2c;
  static final int I32_LOAD8_U = -37;
  static final int I32_LOAD16_S = -15;
  static final int I32_LOAD16_U = -16;
  static final int I64_LOAD8_S = 0x30;
  static final int I64_LOAD8_U = 0x31;
  static final int I64_LOAD16_S = 0x32;
  static final int I64_LOAD16_U = 0x33;
  static final int I64_LOAD32_S = 0x34;
  static final int I64_LOAD32_U = 0x35;
  static final int I32_STORE = -35;
  static final int I64_STORE = -4;
  static final int F32_STORE = 0x38;
  static final int F64_STORE = 0x39;
  static final int I32_STORE8 = -28;
  static final int I32_STORE16 = 0x3b;
  static final int I64_STORE8 = 0x3c;
  static final int I64_STORE16 = 0x3d;
  static final int I64_STORE32 = 0x3e;
  static final int MEMORY_SIZE = 0x3f; // d
  static final int MEMORY_GROW = 0x40; // d, x

  // d, x, y
  static final int I32_EQZ = -29;
  static final int I32_EQ = -13;
  static final int I32_NE = -5;
  static final int I32_LT_S = 0x48;
  static final int I32_LT_U = -11;
  static final int I32_GT_S = 0x4a;
  static final int I32_GT_U = 0x4b;
  static final int I32_LE_S = -21;
  static final int I32_LE_U = -9;
  static final int I32_GE_S = -18;
  static final int I32_GE_U = 0x4f;
  static final int I32_ADD = -39;
  static final int I32_SUB = -34;
  static final int I32_MUL = -7;
  static final int I32_AND = 0x71;
  static final int I32_OR = -25;
  static final int I32_XOR = 0x73;
  static final int I32_SHL = 0x74;
  static final int I32_SHR_S = 0x75;
  static final int I32_SHR_U = 0x76;

  static final int MOVE = -42; // d, x
  static final int CONST = -41; // d, -, n
  static final int CONST64 = -19; // d, the upper half, the lower half
  static final int JUMP = -22; // -, -, target
  static final int JUMP_IF_ZERO = -38; // x, -, target
  static final int JUMP_IF = -40; // x, -, target
  static final int JUMP_TABLE = -20; // x, -, n; the targets and the default follow
  static final int RETURN = -17; // -, x
  static final int RETURN_NOTHING = -23;
  static final int MEMORY_COPY = -2; // to, from, length
  static final int MEMORY_FILL = -1; // to, value, length

  // d, x, n
  static final int ADD_CONST = -44;
  static final int AND_CONST = -30;
  static final int SHL_CONST = -32;
  static final int EQ_CONST = -33;
  static final int NE_CONST = -12;
  static final int LT_S_CONST = -3;
  static final int LT_U_CONST = -10;
  static final int GT_S_CONST = -14;
  static final int GT_U_CONST = -6;

  // To the start of a loop: counted, so that no loop goes on for ever. -, -, target or x, -,
  // target.
  static final int REPEAT = -8;
  static final int REPEAT_IF = -36;

  /// The first of eight saturating conversions, in WebAssembly's order.
  static final int TRUNCATE = 0xe0;

  private Op() {}

  /// The operation for WebAssembly's arithmetic, load or store of that number.
  static int of(int number) {
    return switch (number) {
      case 0x28 -> I32_LOAD;
      case 0x2d -> I32_LOAD8_U;
      case 0x2e -> I32_LOAD16_S;
      case 0x2f -> I32_LOAD16_U;
      case 0x36 -> I32_STORE;
      case 0x37 -> I64_STORE;
      case 0x3a -> I32_STORE8;
      case 0x45 -> I32_EQZ;
      case 0x46 -> I32_EQ;
      case 0x47 -> I32_NE;
      case 0x49 -> I32_LT_U;
      case 0x4c -> I32_LE_S;
      case 0x4d -> I32_LE_U;
      case 0x4e -> I32_GE_S;
      case 0x6a -> I32_ADD;
      case 0x6b -> I32_SUB;
      case 0x6c -> I32_MUL;
      case 0x72 -> I32_OR;
      default -> number;
    };
  }

  /// The operation that takes its right operand from the instruction, or -1.
  static int withConstant(int operation) {
    return switch (operation) {
      case I32_ADD, I32_SUB -> ADD_CONST;
      case I32_AND -> AND_CONST;
      case I32_SHL -> SHL_CONST;
      case I32_EQ -> EQ_CONST;
      case I32_NE -> NE_CONST;
      case I32_LT_S -> LT_S_CONST;
      case I32_LT_U -> LT_U_CONST;
      case I32_GT_S -> GT_S_CONST;
      case I32_GT_U -> GT_U_CONST;
      default -> -1;
    };
  }

  /// Whether WebAssembly's arithmetic of that number has one operand.
  static boolean isUnary(int number) {
    return number == 0x45
        || number == 0x50
        || (number >= 0x67 && number <= 0x69)
        || (number >= 0x79 && number <= 0x7b)
        || (number >= 0x8b && number <= 0x91)
        || (number >= 0x99 && number <= 0x9f)
        || number >= 0xa7;
  }
}
