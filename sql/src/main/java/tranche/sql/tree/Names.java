package tranche.sql.tree;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Names of fields and kinds seen so far: there are few, and each comes many times.
final class Names {
  private static final int SLOTS = 512;

  private final @Nullable String[] known = new @Nullable String[SLOTS];

  /// The name in these bytes, which has this hash.
  String of(byte[] bytes, int start, int end, int hash) {
    int slot = (hash ^ (hash >>> 9)) & (SLOTS - 1);
    String candidate = known[slot];
    if (candidate != null && isSame(candidate, bytes, start, end)) {
      return candidate;
    }
    String name = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    known[slot] = name;
    return name;
  }

  private static boolean isSame(String name, byte[] bytes, int start, int end) {
    if (name.length() != end - start) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != bytes[start + i]) {
        return false;
      }
    }
    return true;
  }
}
