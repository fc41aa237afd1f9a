package tranche.sql.wasm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Numbers in a byte array, in WebAssembly's byte order. Every access is checked against the array.
final class Memory {
  private static final VarHandle INT16 = view(short[].class);
  private static final VarHandle INT32 = view(int[].class);
  private static final VarHandle INT64 = view(long[].class);

  private Memory() {}

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
  }

  static short int16(byte[] bytes, int at) {
    return (short) INT16.get(bytes, at);
  }

  static int int32(byte[] bytes, int at) {
    return (int) INT32.get(bytes, at);
  }

  static long int64(byte[] bytes, int at) {
    return (long) INT64.get(bytes, at);
  }

  static void int16(byte[] bytes, int at, short value) {
    INT16.set(bytes, at, value);
  }

  static void int32(byte[] bytes, int at, int value) {
    INT32.set(bytes, at, value);
  }

  static void int64(byte[] bytes, int at, long value) {
    INT64.set(bytes, at, value);
  }
}
