package tranche.sql.parse;

import java.util.HashMap;
import java.util.Map;
import tranche.sql.wasm.HostFunction;
import tranche.sql.wasm.Instance;
import tranche.sql.wasm.Trap;

/// What the grammar imports from its surroundings in libpg-query 18.1.5. The names change with each
/// release.
///
/// PostgreSQL reports an error by `longjmp`. Compiled to WebAssembly that is: a function that may
/// be jumped out of is called through an import, the jump is an exception, and the import returns
/// with the stack pointer put back and a mark set, which the code looks at next.
final class GrammarImports {
  private static final long BAD_FILE = 8;
  private static final long PAGE = 65_536;

  private GrammarImports() {}

  /// Thrown for every error in a text, so it does not look at the stack.
  private static final class LongJump extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private LongJump() {
      super("longjmp", null, false, false);
    }
  }

  static Map<String, HostFunction> all() {
    Map<String, HostFunction> all = new HashMap<>();
    addCalls(all);
    all.put("p", (_, _) -> longJump());
    all.put("q", GrammarImports::growMemory);
    all.put("c", (_, _) -> failed("an assertion failed"));
    all.put("x", (_, _) -> failed("abort was called"));
    all.put("m", (_, _) -> failed("exit was called"));
    all.put("v", (_, _) -> failed("exit was called"));
    all.put("w", (_, _) -> 0);
    all.put("o", (_, _) -> 0);
    for (String file : new String[] {"r", "s", "t", "u"}) {
      all.put(file, (_, _) -> BAD_FILE);
    }
    return all;
  }

  private static void addCalls(Map<String, HostFunction> all) {
    Map<String, Integer> parameters =
        Map.ofEntries(
            Map.entry("g", 0),
            Map.entry("e", 0),
            Map.entry("b", 1),
            Map.entry("f", 1),
            Map.entry("l", 1),
            Map.entry("a", 2),
            Map.entry("h", 2),
            Map.entry("d", 3),
            Map.entry("j", 3),
            Map.entry("i", 4),
            Map.entry("k", 4),
            Map.entry("y", 5),
            Map.entry("n", 13));
    parameters.forEach(
        (name, count) -> all.put(name, (caller, window) -> callCaught(caller, window, count)));
  }

  /// Calls the table's entry that the first argument names with the others, and ends jumps here.
  private static long callCaught(Instance caller, int window, int parameters) {
    int free = window + parameters + 1;
    caller.callExport(GrammarExports.STACK_CURRENT, free);
    long stack = caller.register(free);
    int depth = caller.depth();
    int function = (int) caller.register(window);
    for (int i = 0; i < parameters; i++) {
      caller.register(free + i, caller.register(window + 1 + i));
    }
    try {
      caller.callTable(function, free);
      return caller.register(free);
    } catch (LongJump _) {
      caller.unwindTo(depth);
      caller.register(free, stack);
      caller.callExport(GrammarExports.STACK_RESTORE, free);
      caller.register(free, 1);
      caller.register(free + 1, 0);
      caller.callExport(GrammarExports.SET_THREW, free);
      return 0;
    }
  }

  private static long longJump() {
    throw new LongJump();
  }

  private static long failed(String what) {
    throw Trap.fault(what);
  }

  /// Grows by a fifth at least, so that growing stays rare. The C code is not asked to live with
  /// less: parts of it do not look whether they got what they wanted.
  private static long growMemory(Instance caller, int window) {
    long wanted = caller.register(window) & 0xffff_ffffL;
    long size = caller.memorySize();
    long generous = Math.ceilDiv(Math.max(wanted, size + size / 5) - size, PAGE);
    long needed = Math.ceilDiv(wanted - size, PAGE);
    if (!caller.grow((int) generous) && !caller.grow((int) needed)) {
      throw Trap.memory(wanted + " bytes of memory were wanted");
    }
    return 1;
  }
}
