package tranche.core.release;

import java.util.Objects;

/// One migration file of a release.
///
/// `checksum` is the SHA-256 of the file's bytes in hex. A backfill consists of one statement that
/// changes a bounded number of rows and is repeated until it changes none.
public record Migration(
    SchemaVersion version, String description, SchemaPhase phase, String sql, String checksum) {
  public Migration {
    Objects.requireNonNull(version);
    Objects.requireNonNull(description);
    Objects.requireNonNull(phase);
    Objects.requireNonNull(sql);
    Objects.requireNonNull(checksum);
  }
}
