package tranche.drivers.process;

import java.nio.charset.StandardCharsets;
import tranche.core.release.Digest;

/// The folder name of an instance: its id where that is safe in a path. Other bytes are written as
/// `%XX`, so two ids never share a folder and none can name a place outside of it.
final class FolderName {
  private static final int MAX_LENGTH = 180;
  private static final int KEPT = 100;
  private static final String SAFE = "@._+-";

  private FolderName() {}

  static String of(String id) {
    StringBuilder name = new StringBuilder();
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      boolean leadingDot = name.isEmpty() && b == '.';
      if (isSafe(b) && !leadingDot) {
        name.append((char) b);
      } else {
        name.append(String.format("%%%02X", b));
      }
    }
    return name.length() <= MAX_LENGTH
        ? name.toString()
        : name.substring(0, KEPT) + "~" + Digest.sha256().add(id).hex();
  }

  private static boolean isSafe(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || SAFE.indexOf(b) >= 0;
  }
}
