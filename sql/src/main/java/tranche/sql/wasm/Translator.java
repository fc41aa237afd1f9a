package tranche.sql.wasm;

import org.jspecify.annotations.Nullable;

/// Translates one function's body to register code, in one pass.
final class Translator {
  private final Module module;
  private final Function function;
  private final ByteReader in;
  private final Emitter out;
  private final Blocks blocks;
  private @Nullable DeadCode dead;

  Translator(Module module, Function function) {
    this.module = module;
    this.function = function;
    this.in = new ByteReader(module.bytes, function.bodyStart);
    this.out = new Emitter(readLocals());
    this.blocks = new Blocks(out, function.signature.results());
  }

  private int readLocals() {
    int locals = function.signature.parameters();
    int groups = in.size();
    for (int i = 0; i < groups; i++) {
      locals += in.size();
      in.skip(1);
    }
    return locals;
  }

  RegisterCode translate() {
    while (in.position() < function.bodyEnd) {
      int operation = in.unsignedByte();
      if (dead == null || dead.endsAt(operation)) {
        translate(operation);
      }
    }
    return out.finished(function.signature);
  }

  private void translate(int operation) {
    if (operation >= 0x28 && operation <= 0x3e) {
      access(operation);
    } else if (operation >= 0x45 && operation <= 0xc4) {
      arithmetic(operation);
    } else if (operation <= 0x11) {
      control(operation);
    } else {
      variable(operation);
    }
  }

  private void access(int operation) {
    in.size();
    int offset = in.size();
    if (operation < 0x36) {
      out.emitResult(Op.of(operation), out.pop(), offset);
    } else {
      int value = out.pop();
      out.emit(Op.of(operation), out.pop(), value, offset);
      out.fixate();
    }
  }

  private void arithmetic(int operation) {
    if (Op.isUnary(operation)) {
      out.emitResult(Op.of(operation), out.pop(), 0);
    } else {
      out.emitBinary(Op.of(operation));
    }
  }

  private void control(int operation) {
    switch (operation) {
      case 0x00 -> {
        out.emit(Op.UNREACHABLE, 0, 0, 0);
        unreachableFromHere();
      }
      case 0x01 -> out.fixate();
      case 0x02 -> blocks.open(Block.Kind.BLOCK, blockType());
      case 0x03 -> blocks.open(Block.Kind.LOOP, blockType());
      case 0x04 -> blocks.open(Block.Kind.IF, blockType());
      case 0x05 -> {
        blocks.otherwise(dead == null ? Blocks.Reached.YES : Blocks.Reached.NO);
        dead = null;
      }
      case 0x0b -> {
        blocks.close(dead == null ? Blocks.Reached.YES : Blocks.Reached.NO);
        dead = null;
      }
      case 0x0c -> {
        blocks.jump(in.size());
        unreachableFromHere();
      }
      case 0x0d -> blocks.jumpIf(in.size());
      case 0x0e -> {
        blocks.jumpTable(labels());
        unreachableFromHere();
      }
      case 0x0f -> {
        blocks.emitReturn();
        unreachableFromHere();
      }
      case 0x10 -> call();
      case 0x11 -> callIndirect();
      default -> throw unsupported(operation);
    }
  }

  private void unreachableFromHere() {
    dead = new DeadCode(in);
  }

  private Signature blockType() {
    int type = in.peek();
    if (type == 0x40 || type >= 0x6f) {
      in.skip(1);
      return new Signature(0, type == 0x40 ? 0 : 1);
    }
    Signature signature = module.types.get(in.signedInt());
    if (signature.parameters() > 0) {
      throw new IllegalArgumentException("a block with parameters is not supported");
    }
    return signature;
  }

  private int[] labels() {
    int[] labels = new int[in.size() + 1];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = in.size();
    }
    return labels;
  }

  private void call() {
    int callee = in.size();
    emitCall(Op.CALL, 0, callee, module.functions[callee].signature);
  }

  private void callIndirect() {
    int type = in.size();
    in.size();
    int index = out.pop();
    // The index may be in the register above the arguments, which the callee overwrites only later.
    emitCall(Op.CALL_INDIRECT, index, type, module.types.get(type));
  }

  private void emitCall(int operation, int index, int callee, Signature signature) {
    out.settle();
    int window = out.height() - signature.parameters();
    out.needs(out.height() + 2);
    out.emit(operation, index, out.register(window), callee);
    out.cutTo(window);
    if (signature.results() > 0) {
      out.push(out.register(window));
    }
  }

  private void variable(int operation) {
    switch (operation) {
      case 0x1a -> {
        out.pop();
        out.fixate();
      }
      case 0x1b -> select();
      case 0x20 -> out.pushLocal(in.size());
      case 0x21 -> out.setLocal(in.size(), out.pop());
      case 0x22 -> {
        int local = in.size();
        out.setLocal(local, out.pop());
        out.pushLocal(local);
      }
      case 0x23 -> out.emitResult(Op.GLOBAL_GET, 0, in.size());
      case 0x24 -> {
        out.emit(Op.GLOBAL_SET, out.pop(), 0, in.size());
        out.fixate();
      }
      default -> constantOrBulk(operation);
    }
  }

  private void select() {
    int condition = out.pop();
    int y = out.pop();
    int x = out.pop();
    out.emitResult(Op.SELECT, x, y);
    out.emit(condition, 0, 0, 0);
    out.fixate();
  }

  private void constantOrBulk(int operation) {
    switch (operation) {
      case 0x3f -> {
        in.skip(1);
        out.emitResult(Op.MEMORY_SIZE, 0, 0);
      }
      case 0x40 -> {
        in.skip(1);
        out.emitResult(Op.MEMORY_GROW, out.pop(), 0);
      }
      case 0x41 -> out.emitConstant(in.signedInt());
      case 0x42 -> emitLong(in.signedLong());
      case 0x43 -> out.emitConstant(in.fixedInt());
      case 0x44 -> emitLong(in.fixedLong());
      case 0xfc -> bulk(in.size());
      default -> throw unsupported(operation);
    }
  }

  private void emitLong(long value) {
    out.emitResult(Op.CONST64, (int) (value >>> Integer.SIZE), (int) value);
  }

  private void bulk(int kind) {
    switch (kind) {
      case 0, 1, 2, 3, 4, 5, 6, 7 -> out.emitResult(Op.TRUNCATE + kind, out.pop(), 0);
      case 10, 11 -> {
        in.skip(kind == 10 ? 2 : 1);
        int length = out.pop();
        int second = out.pop();
        int to = out.pop();
        out.emit(kind == 10 ? Op.MEMORY_COPY : Op.MEMORY_FILL, to, second, length);
        out.fixate();
      }
      default -> throw unsupported(0xfc00 + kind);
    }
  }

  private static IllegalArgumentException unsupported(int operation) {
    return new IllegalArgumentException(
        "operation 0x" + Integer.toHexString(operation) + " is not supported");
  }
}
