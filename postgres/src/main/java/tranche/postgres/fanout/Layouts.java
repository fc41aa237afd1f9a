package tranche.postgres.fanout;

import java.sql.SQLException;
import java.util.List;
import tranche.core.fleet.DatabaseId;
import tranche.postgres.schema.HistoryLayout;

/// How to read a database whose history is of this layout, of an earlier one, or missing. Reading
/// changes nothing, so that it needs no more rights than to read.
enum Layouts {
  /// No schema `tranche`.
  NONE(
      """
      SELECT w.name, n.oid IS NOT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
      FROM unnest(%s) AS w(name)
      LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = w.name\
      """,
      ""),

  /// Histories of rollouts only, and no row per store.
  ONE(
      """
      SELECT w.name, n.oid IS NOT NULL,
        CASE WHEN f.target IS NOT NULL THEN coalesce((
          SELECT bit_xor(('x' || left(encode(sha256(convert_to(
            h.version || E'\\n' || h.checksum || E'\\nfalse', 'UTF8')), 'hex'), 16)
            )::bit(64)::bigint)
          FROM tranche.history h WHERE h.target = w.name), 0) END,
        'tranche', NULL, NULL, NULL, NULL, NULL
      FROM unnest(%s) AS w(name)
      LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = w.name
      LEFT JOIN tranche.fence f ON f.target = w.name\
      """,
      """
      SELECT h.target, h.version, h.checksum, false FROM tranche.history h
      WHERE h.target = ANY (%s)\
      """),

  /// This one.
  TWO(
      """
      SELECT w.name, n.oid IS NOT NULL, s.fingerprint, s.kind, s.failure,
        p.key, p.checksum, p.done, p.total
      FROM unnest(%s) AS w(name)
      LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = w.name
      LEFT JOIN tranche.store s ON s.target = w.name
      LEFT JOIN tranche.progress p ON p.target = w.name\
      """,
      """
      SELECT h.target, h.key, h.checksum, h.kind = 'baseline' FROM tranche.history h
      WHERE h.target = ANY (%s) AND h.ended_at IS NULL ORDER BY h.applied_at\
      """);

  /// The first layout that keeps what takes a migration back.
  static final int WITH_UNDO = 2;

  private final String stores;
  private final String histories;

  Layouts(String stores, String histories) {
    this.stores = stores;
    this.histories = histories;
  }

  /// The layout of a database.
  ///
  /// @throws tranche.core.problem.ProblemException if a later Tranche has made it
  static Layouts of(Session session, DatabaseId database) throws SQLException {
    return switch (version(session, database)) {
      case 0 -> NONE;
      case 1 -> ONE;
      default -> TWO;
    };
  }

  static int version(Session session, DatabaseId database) throws SQLException {
    return HistoryLayout.version(session.jdbc(), database);
  }

  /// One row for each of these names.
  String stores(List<String> targets) {
    return stores.formatted(Literal.texts(targets));
  }

  /// The current rows of these stores.
  String histories(List<String> targets) {
    return histories.formatted(Literal.texts(targets));
  }
}
