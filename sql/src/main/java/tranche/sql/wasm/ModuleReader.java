package tranche.sql.wasm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the sections of a module.
final class ModuleReader {
  private static final int HEADER = 8;
  private static final int MAGIC = 0x6d736100;
  private static final int MOST_FUNCTIONS = 100_000;

  private final byte[] bytes;
  private final ByteReader in;
  private final List<Integer> bodyTypes = new ArrayList<>();

  final List<Signature> types = new ArrayList<>();
  final List<Function> functions = new ArrayList<>();
  final Map<String, Integer> exports = new HashMap<>();
  final List<Module.Data> data = new ArrayList<>();
  long[] globals = {};
  int[] table = {};

  ModuleReader(byte[] bytes) {
    this.bytes = bytes;
    this.in = new ByteReader(bytes, HEADER);
  }

  Module read() {
    if (bytes.length < HEADER || Memory.int32(bytes, 0) != MAGIC || bytes[4] != 1) {
      throw new IllegalArgumentException("not a WebAssembly module of version 1");
    }
    while (in.position() < bytes.length) {
      int id = in.unsignedByte();
      int size = in.size();
      int end = in.position() + size;
      section(id);
      in.moveTo(end);
    }
    return new Module(bytes, this);
  }

  private void section(int id) {
    switch (id) {
      case 1 -> readTypes();
      case 2 -> readImports();
      case 3 -> readFunctionTypes();
      case 4 -> readTable();
      case 6 -> readGlobals();
      case 7 -> readExports();
      case 8 -> throw new IllegalArgumentException("a start function is not supported");
      case 9 -> readElements();
      case 10 -> readBodies();
      case 11 -> readData();
      default -> {
        // Names, the memory's size (Limits decide) and the count of data pieces say nothing needed.
      }
    }
  }

  private void readTypes() {
    int count = count();
    for (int i = 0; i < count; i++) {
      in.skip(1);
      int parameters = in.size();
      in.skip(parameters);
      int results = in.size();
      in.skip(results);
      if (results > 1) {
        throw new IllegalArgumentException("several results are not supported");
      }
      types.add(new Signature(parameters, results));
    }
  }

  private void readImports() {
    int count = count();
    for (int i = 0; i < count; i++) {
      in.name();
      String name = in.name();
      if (in.unsignedByte() != 0) {
        throw new IllegalArgumentException("import " + name + " is not a function");
      }
      int type = in.size();
      functions.add(Function.imported(type, types.get(type), name));
    }
  }

  private void readFunctionTypes() {
    int count = count();
    for (int i = 0; i < count; i++) {
      bodyTypes.add(in.size());
    }
  }

  private void readTable() {
    if (in.size() != 1) {
      throw new IllegalArgumentException("several tables are not supported");
    }
    in.skip(2);
    int size = count();
    table = new int[size];
    Arrays.fill(table, -1);
  }

  private void readGlobals() {
    globals = new long[count()];
    for (int i = 0; i < globals.length; i++) {
      in.skip(2);
      globals[i] = constant();
    }
  }

  private void readExports() {
    int count = count();
    for (int i = 0; i < count; i++) {
      String name = in.name();
      int kind = in.unsignedByte();
      int index = in.size();
      if (kind == 0) {
        exports.put(name, index);
      }
    }
  }

  private void readElements() {
    int count = count();
    for (int i = 0; i < count; i++) {
      if (in.size() != 0) {
        throw new IllegalArgumentException("only active elements of table 0 are supported");
      }
      int at = (int) constant();
      int size = in.size();
      for (int k = 0; k < size; k++) {
        table[at + k] = in.size();
      }
    }
  }

  private void readBodies() {
    int count = count();
    for (int i = 0; i < count; i++) {
      int size = in.size();
      int type = bodyTypes.get(i);
      int start = in.position();
      functions.add(Function.body(type, types.get(type), start, start + size));
      in.skip(size);
    }
  }

  private void readData() {
    int count = count();
    for (int i = 0; i < count; i++) {
      if (in.size() != 0) {
        throw new IllegalArgumentException("only active data of memory 0 is supported");
      }
      int address = (int) constant();
      int length = in.size();
      data.add(new Module.Data(address, in.position(), length));
      in.skip(length);
    }
  }

  private int count() {
    int count = in.size();
    if (count < 0 || count > MOST_FUNCTIONS) {
      throw new IllegalArgumentException("a section with " + count + " entries");
    }
    return count;
  }

  private long constant() {
    int operation = in.unsignedByte();
    long value =
        switch (operation) {
          case 0x41 -> in.signedInt();
          case 0x42 -> in.signedLong();
          case 0x23 -> globals[in.size()];
          default ->
              throw new IllegalArgumentException(
                  "constant operation 0x" + Integer.toHexString(operation));
        };
    if (in.unsignedByte() != 0x0b) {
      throw new IllegalArgumentException("a constant of several operations is not supported");
    }
    return value;
  }
}
