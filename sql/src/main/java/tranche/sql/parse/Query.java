package tranche.sql.parse;

import tranche.sql.wasm.Instance;

/// Calls of the grammar's C functions. For one thread at a time; unusable after a trap.
final class Query {
  private final Instance instance;

  Query(Instance instance) {
    this.instance = instance;
    call(GrammarExports.START);
  }

  /// What the grammar says to a text.
  sealed interface Answer {
    /// The tree, as JSON in UTF-8.
    final class Tree implements Answer {
      private final byte[] json;

      Tree(byte[] json) {
        this.json = json;
      }

      byte[] json() {
        return json;
      }
    }

    /// The server's message.
    ///
    /// @param cursor the place, from 1; 0 if there is none
    record Wrong(String message, int cursor) implements Answer {}
  }

  /// The memory in use, in bytes.
  int memorySize() {
    return instance.memorySize();
  }

  Answer parse(byte[] sql) {
    instance.allowRepeats(ParseLimit.repeatsFor(sql.length));
    int text = put(sql);
    int result = call(GrammarExports.PARSE, text);
    int error = instance.readInt(result + 8);
    Answer answer =
        error == 0
            ? new Answer.Tree(instance.readToZero(instance.readInt(result)))
            : new Answer.Wrong(
                instance.readText(instance.readInt(error)), instance.readInt(error + 16));
    call(GrammarExports.FREE_PARSED, result);
    call(GrammarExports.FREE, text);
    return answer;
  }

  /// Calls a function that takes a text and gives one.
  String text(String function, byte[] sql) {
    instance.allowRepeats(ParseLimit.repeatsFor(sql.length));
    int text = put(sql);
    int result = call(function, text);
    String answer = instance.readText(result);
    call(GrammarExports.FREE_TEXT, result);
    call(GrammarExports.FREE, text);
    return answer;
  }

  private int put(byte[] bytes) {
    int address = call(GrammarExports.ALLOCATE, bytes.length + 1);
    instance.write(address, bytes);
    return address;
  }

  private int call(String function, long... arguments) {
    return (int) instance.call(function, arguments);
  }
}
