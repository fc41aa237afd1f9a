package tranche.core.release;

import java.util.Objects;

/// An immutable bundle of application and schema. `hash` covers everything in it (see
/// [ReleaseHash]): a release whose content changed is another release and is refused under the old
/// name.
public record Release(
    ReleaseId id, String app, ProcessArtifact artifact, SchemaChange schema, String hash) {
  public Release {
    Objects.requireNonNull(id);
    Objects.requireNonNull(app);
    Objects.requireNonNull(artifact);
    Objects.requireNonNull(schema);
    Objects.requireNonNull(hash);
  }

  /// A release with the hash that its content has.
  public static Release of(
      ReleaseId id, String app, ProcessArtifact artifact, SchemaChange schema) {
    return new Release(id, app, artifact, schema, ReleaseHash.of(id, app, artifact, schema));
  }
}
