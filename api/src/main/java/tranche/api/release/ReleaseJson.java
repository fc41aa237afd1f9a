package tranche.api.release;

import java.util.List;

/// A release as it was created. `folder` is where the application lies on the machine of the
/// control plane; `files` is how many files it has there.
public record ReleaseJson(
    String id, String app, String hash, String folder, int files, Schema schema) {

  /// Which schema versions its code reads, at which one it ends, and the way there.
  public record Schema(
      String readsFrom,
      String readsTo,
      String target,
      List<MigrationJson> migrations,
      List<String> preflight,
      List<String> touches) {
    public Schema {
      migrations = List.copyOf(migrations);
      preflight = List.copyOf(preflight);
      touches = List.copyOf(touches);
    }
  }

  /// A migration; `phase` is `expand`, `backfill` or `contract`, `checksum` a SHA-256 in hex.
  public record MigrationJson(String version, String description, String phase, String checksum) {}
}
