package tranche.sql.wasm;

import java.util.ArrayList;
import java.util.List;

/// The open blocks of a function, and the jumps between them. Jumps to a place that is not known
/// yet are noted and filled in when the block ends.
final class Blocks {
  /// Whether control can come from the instruction before.
  enum Reached {
    YES,
    NO
  }

  // Which of an instruction's numbers is the target.
  private static final int TARGET = 3;

  private final Emitter out;
  private final int results;
  private final List<Block> open = new ArrayList<>();

  Blocks(Emitter out, int results) {
    this.out = out;
    this.results = results;
    open.add(new Block(Block.Kind.FUNCTION, 0, results, 0));
  }

  void open(Block.Kind kind, Signature type) {
    int condition = kind == Block.Kind.IF ? out.pop() : 0;
    out.settle();
    Block block = new Block(kind, out.height(), type.results(), out.position());
    if (kind == Block.Kind.IF) {
      block.toElse = out.emit(Op.JUMP_IF_ZERO, condition, 0, 0) + TARGET;
    }
    open.add(block);
  }

  void otherwise(Reached reached) {
    Block block = open.getLast();
    if (reached == Reached.YES) {
      out.settle();
      block.toEnd.add(out.emit(Op.JUMP, 0, 0, 0) + TARGET);
    }
    out.patch(block.toElse, out.position());
    block.toElse = -1;
    out.cutTo(block.height);
  }

  void close(Reached reached) {
    Block block = open.removeLast();
    if (reached == Reached.YES) {
      out.settle();
    }
    if (block.toElse >= 0) {
      out.patch(block.toElse, out.position());
    }
    block.toEnd.forEach(place -> out.patch(place, out.position()));
    out.cutTo(block.height);
    for (int i = 0; i < block.results; i++) {
      out.push(out.register(out.height()));
    }
    if (open.isEmpty()) {
      emitReturn();
    }
  }

  void emitReturn() {
    if (results > 0) {
      out.emit(Op.RETURN, 0, out.pop(), 0);
    } else {
      out.emit(Op.RETURN_NOTHING, 0, 0, 0);
    }
  }

  void jump(int label) {
    out.settle();
    jumpTo(open.get(open.size() - 1 - label));
  }

  private void jumpTo(Block block) {
    carry(block);
    int operation = block.kind == Block.Kind.LOOP ? Op.REPEAT : Op.JUMP;
    aim(block, out.emit(operation, 0, 0, 0) + TARGET);
  }

  void jumpIf(int label) {
    int condition = out.pop();
    out.settle();
    Block block = open.get(open.size() - 1 - label);
    if (isInPlace(block)) {
      int operation = block.kind == Block.Kind.LOOP ? Op.REPEAT_IF : Op.JUMP_IF;
      aim(block, out.emit(operation, condition, 0, 0) + TARGET);
    } else {
      int past = out.emit(Op.JUMP_IF_ZERO, condition, 0, 0) + TARGET;
      jumpTo(block);
      out.patch(past, out.position());
    }
  }

  void jumpTable(int[] labels) {
    int index = out.pop();
    out.settle();
    out.emit(Op.JUMP_TABLE, index, 0, labels.length - 1);
    int targets = out.position();
    for (int i = 0; i < labels.length; i += Emitter.WIDTH) {
      out.emit(0, 0, 0, 0);
    }
    for (int i = 0; i < labels.length; i++) {
      Block block = open.get(open.size() - 1 - labels[i]);
      if (isInPlace(block) && block.kind != Block.Kind.LOOP) {
        aim(block, targets + i);
      } else {
        out.patch(targets + i, out.position());
        jumpTo(block);
      }
    }
  }

  private boolean isInPlace(Block block) {
    return block.carried() == 0 || out.height() - block.carried() == block.height;
  }

  private void carry(Block block) {
    if (!isInPlace(block)) {
      int from = out.height() - block.carried();
      for (int i = 0; i < block.carried(); i++) {
        out.emit(Op.MOVE, out.register(block.height + i), out.register(from + i), 0);
      }
    }
  }

  private void aim(Block block, int place) {
    if (block.kind == Block.Kind.LOOP) {
      out.patch(place, block.start);
    } else {
      block.toEnd.add(place);
    }
  }
}
