package tranche.core.release;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256 over a sequence of texts. Each text goes in with its length, so that moving a
/// character from one text to the next gives another digest.
public final class Digest {
  private final MessageDigest sha;

  private Digest(MessageDigest sha) {
    this.sha = sha;
  }

  /// An empty digest.
  public static Digest sha256() {
    try {
      return new Digest(MessageDigest.getInstance("SHA-256"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// Adds one text.
  public Digest add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    sha.update(bytes);
    return this;
  }

  /// The digest of all added texts, as 64 hex digits. Ends this digest.
  public String hex() {
    return HexFormat.of().formatHex(sha.digest());
  }
}
