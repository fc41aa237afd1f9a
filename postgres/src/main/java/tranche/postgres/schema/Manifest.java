package tranche.postgres.schema;

import java.util.List;
import java.util.Objects;

/// What a backup consists of; written last, so a backup without it is none.
///
/// @param format 1
/// @param store the store, as `database/schema`
/// @param rollout for which it was taken
/// @param takenAt when the snapshot was taken, by the server's clock
/// @param tables one entry per table
record Manifest(int format, String store, String rollout, String takenAt, List<TableCopy> tables) {
  static final int FORMAT = 1;

  Manifest {
    Objects.requireNonNull(store);
    Objects.requireNonNull(rollout);
    Objects.requireNonNull(takenAt);
    tables = List.copyOf(tables);
  }

  /// One table's copy: rows in COPY's text format, gzip.
  ///
  /// @param table its name in the store's schema
  /// @param file its name beside the manifest
  /// @param columns the columns in the order of the file
  /// @param rows how many the server counted in the snapshot
  /// @param digest of those rows, see [TableDigest]
  /// @param bytes the size of the file
  /// @param sha256 of the file
  record TableCopy(
      String table,
      String file,
      List<String> columns,
      long rows,
      String digest,
      long bytes,
      String sha256) {
    TableCopy {
      Objects.requireNonNull(table);
      Objects.requireNonNull(file);
      Objects.requireNonNull(digest);
      Objects.requireNonNull(sha256);
      columns = List.copyOf(columns);
    }

    TableDigest content() {
      return new TableDigest(rows, digest);
    }
  }

  long rows() {
    return tables.stream().mapToLong(TableCopy::rows).sum();
  }

  long bytes() {
    return tables.stream().mapToLong(TableCopy::bytes).sum();
  }
}
