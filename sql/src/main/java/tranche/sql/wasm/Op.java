package tranche.sql.wasm;

/// Operations of the register code. Where WebAssembly has the operation, its number is the same;
/// arithmetic that has no name here is left to [Numeric]. The comment says what the three operands
/// are: `d` destination, `x`, `y` sources, `n` a number; the rest are registers.
final class Op {
  static final int UNREACHABLE = 0x00;
  static final int CALL = 0x10; // -, window, function
  static final int CALL_INDIRECT = 0x11; // index, window, type
  static final int SELECT = 0x1b; // d, x, y, and the condition in a further group
  static final int GLOBAL_GET = 0x23; // d, -, n
  static final int GLOBAL_SET = 0x24; // x, -, n

  // Loads are d, address, offset; stores are address, x, offset.
  static final int I32_LOAD = 0x28;
  static final int I64_LOAD = 0x29;
  static final int F32_LOAD = 0x2a;
  static final int F64_LOAD = 0x2b;
  static final int I32_LOAD8_S = 0x2c;
  static final int I32_LOAD8_U = 0x2d;
  static final int I32_LOAD16_S = 0x2e;
  static final int I32_LOAD16_U = 0x2f;
  static final int I64_LOAD8_S = 0x30;
  static final int I64_LOAD8_U = 0x31;
  static final int I64_LOAD16_S = 0x32;
  static final int I64_LOAD16_U = 0x33;
  static final int I64_LOAD32_S = 0x34;
  static final int I64_LOAD32_U = 0x35;
  static final int I32_STORE = 0x36;
  static final int I64_STORE = 0x37;
  static final int F32_STORE = 0x38;
  static final int F64_STORE = 0x39;
  static final int I32_STORE8 = 0x3a;
  static final int I32_STORE16 = 0x3b;
  static final int I64_STORE8 = 0x3c;
  static final int I64_STORE16 = 0x3d;
  static final int I64_STORE32 = 0x3e;
  static final int MEMORY_SIZE = 0x3f; // d
  static final int MEMORY_GROW = 0x40; // d, x

  // d, x, y
  static final int I32_EQZ = 0x45;
  static final int I32_EQ = 0x46;
  static final int I32_NE = 0x47;
  static final int I32_LT_S = 0x48;
  static final int I32_LT_U = 0x49;
  static final int I32_GT_S = 0x4a;
  static final int I32_GT_U = 0x4b;
  static final int I32_LE_S = 0x4c;
  static final int I32_LE_U = 0x4d;
  static final int I32_GE_S = 0x4e;
  static final int I32_GE_U = 0x4f;
  static final int I32_ADD = 0x6a;
  static final int I32_SUB = 0x6b;
  static final int I32_MUL = 0x6c;
  static final int I32_AND = 0x71;
  static final int I32_OR = 0x72;
  static final int I32_XOR = 0x73;
  static final int I32_SHL = 0x74;
  static final int I32_SHR_S = 0x75;
  static final int I32_SHR_U = 0x76;

  static final int MOVE = 0xc8; // d, x
  static final int CONST = 0xc9; // d, -, n
  static final int CONST64 = 0xca; // d, the upper half, the lower half
  static final int JUMP = 0xcb; // -, -, target
  static final int JUMP_IF_ZERO = 0xcc; // x, -, target
  static final int JUMP_IF = 0xcd; // x, -, target
  static final int JUMP_TABLE = 0xce; // x, -, n; the targets and the default follow
  static final int RETURN = 0xcf; // -, x
  static final int RETURN_NOTHING = 0xd0;
  static final int MEMORY_COPY = 0xd1; // to, from, length
  static final int MEMORY_FILL = 0xd2; // to, value, length

  // d, x, n
  static final int ADD_CONST = 0xd3;
  static final int AND_CONST = 0xd4;
  static final int SHL_CONST = 0xd5;
  static final int EQ_CONST = 0xd6;
  static final int NE_CONST = 0xd7;
  static final int LT_S_CONST = 0xd8;
  static final int LT_U_CONST = 0xd9;
  static final int GT_S_CONST = 0xda;
  static final int GT_U_CONST = 0xdb;

  // To the start of a loop: counted, so that no loop goes on for ever. -, -, target or x, -,
  // target.
  static final int REPEAT = 0xdc;
  static final int REPEAT_IF = 0xdd;

  /// The first of eight saturating conversions, in WebAssembly's order.
  static final int TRUNCATE = 0xe0;

  private Op() {}

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

  static boolean isUnary(int operation) {
    return operation == I32_EQZ
        || operation == 0x50
        || (operation >= 0x67 && operation <= 0x69)
        || (operation >= 0x79 && operation <= 0x7b)
        || (operation >= 0x8b && operation <= 0x91)
        || (operation >= 0x99 && operation <= 0x9f)
        || operation >= 0xa7;
  }
}
