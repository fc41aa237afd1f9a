package tranche.postgres.database;

/// What to do about a database that does not exist.
public enum IfMissing {
  /// Create it. It is then Tranche's own: nobody but the admin and the application may connect.
  CREATE,
  /// Say so. The database belongs to somebody else, whose grants are left alone.
  FAIL
}
