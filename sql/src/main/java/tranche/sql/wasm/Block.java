package tranche.sql.wasm;

import java.util.ArrayList;
import java.util.List;

/// A block that is open while a function is translated.
final class Block {
  /// What opened it.
  enum Kind {
    FUNCTION,
    BLOCK,
    LOOP,
    IF
  }

  final Kind kind;

  /// The stack's height below the block.
  final int height;

  /// How many values it leaves.
  final int results;

  /// Where a jump to a loop goes.
  final int start;

  /// Instructions' places that hold the block's end, once it is known.
  final List<Integer> toEnd = new ArrayList<>();

  /// The place that holds the start of `else`, or -1.
  int toElse = -1;

  Block(Kind kind, int height, int results, int start) {
    this.kind = kind;
    this.height = height;
    this.results = results;
    this.start = start;
  }

  /// How many values a jump to it takes along.
  int carried() {
    return kind == Kind.LOOP ? 0 : results;
  }
}
