package tranche.sql.parse;

import java.nio.charset.StandardCharsets;

/// A text as the grammar is given it, and which byte of that is which character of the text.
///
/// The grammar's JSON leaves out the number 0, and with it every place at the beginning. A blank in
/// front makes all places larger than that.
final class Utf8 {
  private static final int STRIDE = 64;

  private static final int BLANK = 1;

  private final int characters;
  private final byte[] bytes;
  private int[] charactersBefore = {};

  Utf8(String text) {
    this.characters = text.length();
    this.bytes = (" " + text).getBytes(StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    return bytes;
  }

  /// The character of the text that begins at a byte, both counted from 0.
  int character(int offset) {
    if (bytes.length == characters + BLANK) {
      return offset - BLANK;
    }
    if (charactersBefore.length == 0) {
      index();
    }
    int stride = Math.min(offset, bytes.length) / STRIDE;
    int inStride = count(stride * STRIDE, Math.min(offset, bytes.length));
    return charactersBefore[stride] + inStride - BLANK;
  }

  private void index() {
    charactersBefore = new int[bytes.length / STRIDE + 1];
    for (int i = 1; i < charactersBefore.length; i++) {
      charactersBefore[i] = charactersBefore[i - 1] + count((i - 1) * STRIDE, i * STRIDE);
    }
  }

  /// How many characters of UTF-16 begin in a range of bytes: one for each first byte, and a second
  /// one for what takes four bytes.
  private int count(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      int value = bytes[i] & 0xff;
      if (value < 0x80 || value >= 0xc0) {
        count += value >= 0xf0 ? 2 : 1;
      }
    }
    return count;
  }
}
