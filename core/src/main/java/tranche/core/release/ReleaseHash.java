package tranche.core.release;

/// The hash of a release: SHA-256 over its name, artifact files and command, schema range,
/// migrations and checks, in a fixed order. The folder's location is not part of it.
final class ReleaseHash {
  private ReleaseHash() {}

  static String of(ReleaseId id, String app, ProcessArtifact artifact, SchemaChange schema) {
    Digest digest = Digest.sha256().add("release/1").add(id.value()).add(app);
    artifact.files().forEach(f -> digest.add(f.path()).add(f.sha256()));
    artifact.command().forEach(digest::add);
    digest.add(artifact.readyPath()).add(schema.reads().toString()).add(schema.target().value());
    schema.migrations().forEach(m -> addMigration(digest, m));
    schema.preflight().forEach(c -> digest.add(c.name()).add(c.sql()));
    schema.touches().forEach(digest::add);
    return digest.hex();
  }

  private static void addMigration(Digest digest, Migration m) {
    digest.add(m.version().value()).add(m.description()).add(m.phase().word()).add(m.checksum());
  }
}
