package tranche.core.migration;

/// How the files of a folder are named.
public enum FolderFormat {
  /// `V1.1__name.sql`, with U, R and B.
  FLYWAY,
  /// `001_name.up.sql` and `001_name.down.sql`.
  UP_DOWN
}
