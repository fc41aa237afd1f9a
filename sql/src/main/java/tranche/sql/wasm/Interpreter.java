package tranche.sql.wasm;

import java.util.Arrays;
import java.util.Objects;

/// Runs register code. One loop with one switch: the JIT compiler then keeps memory, registers and
/// code in machine registers between instructions, which is most of the speed. An address is a sum
/// that may wrap; what it yields is checked against the memory like any other.
final class Interpreter {
  private Interpreter() {}

  /// Runs a function whose arguments begin at register `fp`, where its result will be.
  @SuppressWarnings({"IntLongMath", "NarrowCalculation"}) // 32-bit arithmetic wraps at 32 bits.
  static void run(Instance in, RegisterCode function, int fp) {
    final long[] r = in.registers;
    final int[] code = function.code;
    byte[] m = in.memory;
    Arrays.fill(r, fp + function.parameters, fp + function.locals, 0);
    int pc = 0;
    while (true) {
      final int operation = code[pc];
      final int a = fp + code[pc + 1];
      final int b = fp + code[pc + 2];
      final int c = code[pc + 3];
      pc += Emitter.WIDTH;
      switch (operation) {
        case Op.UNREACHABLE -> throw Trap.fault("unreachable code was reached");
        case Op.MOVE -> r[a] = r[b];
        case Op.CONST -> r[a] = c;
        case Op.CONST64 -> r[a] = ((long) (b - fp) << Integer.SIZE) | (c & 0xffff_ffffL);
        case Op.JUMP -> pc = c;
        case Op.JUMP_IF_ZERO -> pc = (int) r[a] == 0 ? c : pc;
        case Op.JUMP_IF -> pc = (int) r[a] != 0 ? c : pc;
        case Op.REPEAT -> {
          in.countRepeat();
          pc = c;
        }
        case Op.REPEAT_IF -> {
          if ((int) r[a] != 0) {
            in.countRepeat();
            pc = c;
          }
        }
        case Op.JUMP_TABLE ->
            pc = code[pc + (Integer.compareUnsigned((int) r[a], c) < 0 ? (int) r[a] : c)];
        case Op.RETURN -> {
          r[fp] = r[b];
          return;
        }
        case Op.RETURN_NOTHING -> {
          return;
        }
        case Op.CALL -> {
          in.call(c, b);
          m = in.memory;
        }
        case Op.CALL_INDIRECT -> {
          in.call(callee(in, (int) r[a], c), b);
          m = in.memory;
        }
        case Op.SELECT -> {
          r[a] = (int) r[fp + code[pc]] != 0 ? r[b] : r[fp + c];
          pc += Emitter.WIDTH;
        }
        case Op.GLOBAL_GET -> r[a] = in.globals[c];
        case Op.GLOBAL_SET -> in.globals[c] = r[a];
        case Op.I32_LOAD, Op.F32_LOAD, Op.I64_LOAD32_S -> r[a] = Memory.int32(m, (int) r[b] + c);
        case Op.I64_LOAD, Op.F64_LOAD -> r[a] = Memory.int64(m, (int) r[b] + c);
        case Op.I32_LOAD8_S, Op.I64_LOAD8_S -> r[a] = m[(int) r[b] + c];
        case Op.I32_LOAD8_U, Op.I64_LOAD8_U -> r[a] = m[(int) r[b] + c] & 0xff;
        case Op.I32_LOAD16_S, Op.I64_LOAD16_S -> r[a] = Memory.int16(m, (int) r[b] + c);
        case Op.I32_LOAD16_U, Op.I64_LOAD16_U -> r[a] = Memory.int16(m, (int) r[b] + c) & 0xffff;
        case Op.I64_LOAD32_U -> r[a] = Memory.int32(m, (int) r[b] + c) & 0xffff_ffffL;
        case Op.I32_STORE, Op.F32_STORE, Op.I64_STORE32 ->
            Memory.int32(m, (int) r[a] + c, (int) r[b]);
        case Op.I64_STORE, Op.F64_STORE -> Memory.int64(m, (int) r[a] + c, r[b]);
        case Op.I32_STORE8, Op.I64_STORE8 -> m[(int) r[a] + c] = (byte) r[b];
        case Op.I32_STORE16, Op.I64_STORE16 -> Memory.int16(m, (int) r[a] + c, (short) r[b]);
        case Op.I32_EQZ -> r[a] = (int) r[b] == 0 ? 1 : 0;
        case Op.I32_EQ -> r[a] = (int) r[b] == (int) r[fp + c] ? 1 : 0;
        case Op.I32_NE -> r[a] = (int) r[b] != (int) r[fp + c] ? 1 : 0;
        case Op.I32_LT_S -> r[a] = (int) r[b] < (int) r[fp + c] ? 1 : 0;
        case Op.I32_LT_U -> r[a] = Integer.compareUnsigned((int) r[b], (int) r[fp + c]) < 0 ? 1 : 0;
        case Op.I32_GT_S -> r[a] = (int) r[b] > (int) r[fp + c] ? 1 : 0;
        case Op.I32_GT_U -> r[a] = Integer.compareUnsigned((int) r[b], (int) r[fp + c]) > 0 ? 1 : 0;
        case Op.I32_LE_S -> r[a] = (int) r[b] <= (int) r[fp + c] ? 1 : 0;
        case Op.I32_LE_U ->
            r[a] = Integer.compareUnsigned((int) r[b], (int) r[fp + c]) <= 0 ? 1 : 0;
        case Op.I32_GE_S -> r[a] = (int) r[b] >= (int) r[fp + c] ? 1 : 0;
        case Op.I32_GE_U ->
            r[a] = Integer.compareUnsigned((int) r[b], (int) r[fp + c]) >= 0 ? 1 : 0;
        case Op.I32_ADD -> r[a] = (int) r[b] + (int) r[fp + c];
        case Op.I32_SUB -> r[a] = (int) r[b] - (int) r[fp + c];
        case Op.I32_MUL -> r[a] = (int) r[b] * (int) r[fp + c];
        case Op.I32_AND -> r[a] = (int) r[b] & (int) r[fp + c];
        case Op.I32_OR -> r[a] = (int) r[b] | (int) r[fp + c];
        case Op.I32_XOR -> r[a] = (int) r[b] ^ (int) r[fp + c];
        case Op.I32_SHL -> r[a] = (int) r[b] << (int) r[fp + c];
        case Op.I32_SHR_S -> r[a] = (int) r[b] >> (int) r[fp + c];
        case Op.I32_SHR_U -> r[a] = (int) r[b] >>> (int) r[fp + c];
        case Op.ADD_CONST -> r[a] = (int) r[b] + c;
        case Op.AND_CONST -> r[a] = (int) r[b] & c;
        case Op.SHL_CONST -> r[a] = (int) r[b] << c;
        case Op.EQ_CONST -> r[a] = (int) r[b] == c ? 1 : 0;
        case Op.NE_CONST -> r[a] = (int) r[b] != c ? 1 : 0;
        case Op.LT_S_CONST -> r[a] = (int) r[b] < c ? 1 : 0;
        case Op.LT_U_CONST -> r[a] = Integer.compareUnsigned((int) r[b], c) < 0 ? 1 : 0;
        case Op.GT_S_CONST -> r[a] = (int) r[b] > c ? 1 : 0;
        case Op.GT_U_CONST -> r[a] = Integer.compareUnsigned((int) r[b], c) > 0 ? 1 : 0;
        case Op.MEMORY_SIZE -> r[a] = m.length / Limits.PAGE;
        case Op.MEMORY_GROW -> {
          int before = m.length / Limits.PAGE;
          r[a] = in.grow((int) r[b]) ? before : -1;
          m = in.memory;
        }
        case Op.MEMORY_COPY -> System.arraycopy(m, (int) r[b], m, (int) r[a], (int) r[fp + c]);
        case Op.MEMORY_FILL -> fill(m, (int) r[a], (int) r[fp + c], (byte) r[b]);
        default -> r[a] = Numeric.value(operation, r[b], r[fp + c]);
      }
    }
  }

  private static int callee(Instance in, int index, int type) {
    int[] table = in.table;
    int callee = index >= 0 && index < table.length ? table[index] : -1;
    if (callee < 0 || in.module.functions[callee].type != type) {
      throw Trap.fault("function " + index + " of the table is missing or of another type");
    }
    return callee;
  }

  private static void fill(byte[] m, int start, int length, byte value) {
    Objects.checkFromIndexSize(start, length, m.length);
    Arrays.fill(m, start, start + length, value);
  }
}
