package tranche.sql.wasm;

import java.nio.charset.StandardCharsets;

/// Reads the binary format's numbers and names, in order.
final class ByteReader {
  private final byte[] bytes;
  private int at;

  ByteReader(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  int position() {
    return at;
  }

  void moveTo(int position) {
    at = position;
  }

  void skip(int count) {
    at += count;
  }

  int unsignedByte() {
    return bytes[at++] & 0xff;
  }

  int peek() {
    return bytes[at] & 0xff;
  }

  /// A LEB128 number without sign.
  int size() {
    int value = 0;
    int shift = 0;
    int part;
    do {
      part = bytes[at++];
      value |= (part & 0x7f) << shift;
      shift += 7;
    } while ((part & 0x80) != 0);
    return value;
  }

  /// A LEB128 number with sign, of 32 bits.
  int signedInt() {
    return (int) signedLong();
  }

  /// A LEB128 number with sign, of up to 64 bits.
  long signedLong() {
    long value = 0;
    int shift = 0;
    int part;
    do {
      part = bytes[at++];
      value |= (long) (part & 0x7f) << shift;
      shift += 7;
    } while ((part & 0x80) != 0);
    boolean isNegative = shift < Long.SIZE && (part & 0x40) != 0;
    return isNegative ? value | (-1L << shift) : value;
  }

  int fixedInt() {
    int value = Memory.int32(bytes, at);
    at += Integer.BYTES;
    return value;
  }

  long fixedLong() {
    long value = Memory.int64(bytes, at);
    at += Long.BYTES;
    return value;
  }

  String name() {
    int length = size();
    String name = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return name;
  }
}
