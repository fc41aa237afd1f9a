package tranche.sql.wasm;

import java.util.Arrays;

/// The register code under construction, and the operand stack as it is known at this point.
///
/// WebAssembly's operand stack has a known height at every instruction, so each level has a
/// register of its own, after the locals. An entry may also name a local, as long as that local is
/// not written: reading a local then costs no instruction.
final class Emitter {
  /// Numbers per instruction.
  static final int WIDTH = 4;

  private static final int NONE = -1;

  private final int locals;
  private int[] code = new int[1024];
  private int size;
  private int[] stack = new int[64];
  private int height;
  private int highest;

  // The last instruction, if its destination is the top of the stack and may still be changed.
  private int retargetable = NONE;
  private int constant = NONE;

  Emitter(int locals) {
    this.locals = locals;
  }

  int position() {
    return size;
  }

  int height() {
    return height;
  }

  /// The register of a level of the stack.
  int register(int level) {
    return locals + level;
  }

  RegisterCode finished(Signature signature) {
    int frame = locals + highest + 2;
    return new RegisterCode(Arrays.copyOf(code, size), signature.parameters(), locals, frame);
  }

  /// Adds an instruction and returns its position.
  int emit(int operation, int a, int b, int c) {
    int position = size;
    if (size + WIDTH > code.length) {
      code = Arrays.copyOf(code, code.length * 2);
    }
    code[size++] = operation;
    code[size++] = a;
    code[size++] = b;
    code[size++] = c;
    return position;
  }

  /// Sets one of an instruction's numbers later.
  void patch(int position, int value) {
    code[position] = value;
  }

  /// Adds an instruction whose result becomes the top of the stack.
  void emitResult(int operation, int b, int c) {
    retargetable = emit(operation, register(height), b, c);
    push(register(height));
  }

  void emitConstant(int value) {
    emitResult(Op.CONST, 0, value);
    constant = retargetable;
  }

  /// Adds an operation on the two upper entries.
  void emitBinary(int operation) {
    int y = pop();
    int folded = Op.withConstant(operation);
    boolean isConstant = constant == size - WIDTH && constant >= 0 && code[constant + 1] == y;
    if (folded != NONE && isConstant && y == register(height)) {
      int value = code[constant + 3];
      size = constant;
      emitResult(folded, pop(), operation == Op.I32_SUB ? -value : value);
    } else {
      emitResult(operation, pop(), y);
    }
    constant = NONE;
  }

  /// Notes a new top of the stack that is in this register.
  void push(int register) {
    if (height == stack.length) {
      stack = Arrays.copyOf(stack, height * 2);
    }
    stack[height++] = register;
    needs(height);
  }

  int pop() {
    return stack[--height];
  }

  /// Makes the frame hold at least this many levels.
  void needs(int levels) {
    highest = Math.max(highest, levels);
  }

  void pushLocal(int local) {
    push(local);
    fixate();
  }

  /// Gives a local the value that was the top of the stack.
  void setLocal(int local, int value) {
    boolean isRead = false;
    for (int i = 0; i < height; i++) {
      isRead |= stack[i] == local;
    }
    if (!isRead
        && retargetable >= 0
        && code[retargetable + 1] == value
        && value != local
        && value == register(height)) {
      code[retargetable + 1] = local;
    } else {
      keepOldValue(local);
      if (value != local) {
        emit(Op.MOVE, local, value, 0);
      }
    }
    fixate();
  }

  private void keepOldValue(int local) {
    for (int i = 0; i < height; i++) {
      if (stack[i] == local) {
        emit(Op.MOVE, register(i), local, 0);
        stack[i] = register(i);
      }
    }
  }

  /// Brings every entry into its own register: what follows can be reached from several places.
  void settle() {
    for (int i = 0; i < height; i++) {
      if (stack[i] != register(i)) {
        emit(Op.MOVE, register(i), stack[i], 0);
        stack[i] = register(i);
      }
    }
    fixate();
  }

  /// Says that the last instruction must stay as it is.
  void fixate() {
    retargetable = NONE;
    constant = NONE;
  }

  void cutTo(int level) {
    height = level;
    fixate();
  }
}
