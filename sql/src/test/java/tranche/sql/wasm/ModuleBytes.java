package tranche.sql.wasm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Puts small modules together, byte by byte. Types: 0 is `(i64, i64) -> i64`, 1 is `() ->
/// nothing`. The function `f` of type 0 has two more local variables of 64 bits; its index is 1,
/// after the import `h` of type 0.
final class ModuleBytes {
  static final int I64 = 0x7e;

  private ModuleBytes() {}

  /// A module whose function `f` has this body, without the last `end`.
  static byte[] withBody(int... body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    put(out, 0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    section(out, 1, bytes(2, 0x60, 2, I64, I64, 1, I64, 0x60, 0, 0));
    section(out, 2, bytes(1, 1, 'e', 1, 'h', 0, 0));
    section(out, 3, bytes(1, 0));
    section(out, 4, bytes(1, 0x70, 0, 3));
    section(out, 5, bytes(1, 0, 1));
    section(out, 6, bytes(1, I64, 1, 0x42, 7, 0x0b));
    section(out, 7, bytes(1, 1, 'f', 0, 1));
    section(out, 9, bytes(1, 0, 0x41, 0, 0x0b, 2, 0, 1));
    ByteArrayOutputStream function = new ByteArrayOutputStream();
    put(function, 1, 2, I64);
    put(function, body);
    put(function, 0x0b);
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    put(code, 1);
    size(code, function.size());
    code.writeBytes(function.toByteArray());
    section(out, 10, code.toByteArray());
    byte[] text = "hello".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    put(data, 1, 0, 0x41, 16, 0x0b, text.length);
    data.writeBytes(text);
    section(out, 11, data.toByteArray());
    return out.toByteArray();
  }

  private static void section(ByteArrayOutputStream out, int id, byte[] content) {
    out.write(id);
    size(out, content.length);
    out.writeBytes(content);
  }

  private static void size(ByteArrayOutputStream out, int size) {
    put(out, (size & 0x7f) | 0x80, size >>> 7);
  }

  private static byte[] bytes(int... values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    put(out, values);
    return out.toByteArray();
  }

  private static void put(ByteArrayOutputStream out, int... values) {
    for (int value : values) {
      out.write(value);
    }
  }
}
