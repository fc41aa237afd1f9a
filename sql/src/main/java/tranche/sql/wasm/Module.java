package tranche.sql.wasm;

import java.util.List;
import java.util.Map;

/// A module's code and first contents: what all its instances share. Safe for use by several
/// threads.
public final class Module {
  final byte[] bytes;
  final List<Signature> types;
  final Function[] functions;
  final Map<String, Integer> exports;
  final long[] globals;
  final int[] table;
  final List<Data> data;

  /// A piece of the memory's first content.
  ///
  /// @param address where it goes
  /// @param start where it is in the module's bytes
  /// @param length how many bytes
  record Data(int address, int start, int length) {}

  Module(byte[] bytes, ModuleReader read) {
    this.bytes = bytes;
    this.types = List.copyOf(read.types);
    this.functions = read.functions.toArray(Function[]::new);
    this.exports = Map.copyOf(read.exports);
    this.globals = read.globals;
    this.table = read.table;
    this.data = List.copyOf(read.data);
  }

  /// Reads a module.
  ///
  /// @throws IllegalArgumentException if the bytes are no module, or one that uses what is absent
  ///   here
  public static Module read(byte[] bytes) {
    return new ModuleReader(bytes).read();
  }

  /// Translates every function now. Only useful to find out that all of them can be.
  ///
  /// @return how many there are
  public int translateAll() {
    int count = 0;
    for (Function function : functions) {
      if (function.imported == null) {
        function.code(this);
        count++;
      }
    }
    return count;
  }
}
