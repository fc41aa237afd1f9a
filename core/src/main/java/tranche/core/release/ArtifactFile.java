package tranche.core.release;

/// A file of an artifact: its path below the release folder and the SHA-256 of its bytes in hex.
public record ArtifactFile(String path, String sha256) {}
