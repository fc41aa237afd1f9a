package tranche.core.structure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/// A SHA-256 that two structures share if, and for all practical purposes only if, they are equal.
///
/// It is the digest of the sorted digests of all objects, each over kind, name and definition with
/// the separator U+001F between. Sorting digests instead of names makes it the same wherever it is
/// computed: a server sorts names by its collation, but bytes only one way.
///
/// @param hex 64 lower-case hex digits
public record StructureFingerprint(String hex) {
  private static final char SEPARATOR = '\u001f';

  /// Checks the form.
  ///
  /// @throws IllegalArgumentException if it is not 64 lower-case hex digits
  public StructureFingerprint {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("'" + hex + "' is not a fingerprint");
    }
  }

  static StructureFingerprint of(Map<ObjectKey, String> objects) {
    byte[][] digests =
        objects.entrySet().stream()
            .map(object -> digest(line(object)))
            .sorted(Arrays::compareUnsigned)
            .toArray(byte[][]::new);
    MessageDigest all = sha256();
    for (byte[] digest : digests) {
      all.update(digest);
    }
    return new StructureFingerprint(HexFormat.of().formatHex(all.digest()));
  }

  private static byte[] digest(String line) {
    return sha256().digest(line.getBytes(StandardCharsets.UTF_8));
  }

  private static String line(Map.Entry<ObjectKey, String> object) {
    ObjectKey key = object.getKey();
    return key.kind().word() + SEPARATOR + key.name() + SEPARATOR + object.getValue();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// The first 12 digits, enough to tell the structures of one fleet apart by eye.
  public String brief() {
    return hex.substring(0, 12);
  }

  /// All 64 digits.
  @Override
  public String toString() {
    return hex;
  }
}
