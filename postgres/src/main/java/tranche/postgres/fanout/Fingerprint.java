package tranche.postgres.fanout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import tranche.core.migration.AppliedMigration;

/// The fingerprint of a history, as the server's function `tranche.row_hash` makes it. Needed where
/// the server cannot be asked: to know what a history should be after a commit whose answer was
/// lost.
public final class Fingerprint {
  private Fingerprint() {}

  /// Of a whole history.
  public static long of(Collection<AppliedMigration> rows) {
    long hash = 0;
    for (AppliedMigration row : rows) {
      hash ^= of(row);
    }
    return hash;
  }

  /// Of one row.
  static long of(AppliedMigration row) {
    String text = row.key().text() + "\n" + row.checksum() + "\n" + row.isBaseline();
    try {
      byte[] sha =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(sha).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
