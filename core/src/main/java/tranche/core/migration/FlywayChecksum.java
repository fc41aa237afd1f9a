package tranche.core.migration;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// The number that Flyway keeps in its history for the text of a script: a CRC-32 over the UTF-8
/// bytes of its lines, without line ends, as a signed 32-bit integer. Neither the kind of line ends
/// nor a final one changes it.
///
/// A repeatable migration whose text holds marks of [StorePlaceholder]s has a number of its own in
/// each store: that of the text after the marks were replaced.
public final class FlywayChecksum {
  private FlywayChecksum() {}

  /// The number of a text; a byte order mark at its beginning must have been removed.
  public static int of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        crc.update(bytes, from, i - from);
        from = i + 1;
      }
    }
    crc.update(bytes, from, bytes.length - from);
    return (int) crc.getValue();
  }
}
