package tranche.postgres.control;

import org.jdbi.v3.core.Handle;

/// The counter of the journal. Whoever changes it holds its lock until the end of the transaction,
/// so numbers become visible in their order and without gaps.
final class JournalHead {
  private JournalHead() {}

  /// Takes the next `count` numbers.
  ///
  /// @return the first of them
  static long take(Handle handle, int count) {
    long last =
        handle
            .createQuery(
                """
                UPDATE tranche_control.journal_head
                SET seq = seq + :count
                RETURNING seq
                """)
            .bind("count", count)
            .mapTo(Long.class)
            .one();
    return last - count + 1;
  }

  /// Waits until nobody is writing to the journal and keeps it so.
  static void lock(Handle handle) {
    long _ =
        handle
            .createQuery("SELECT seq FROM tranche_control.journal_head FOR UPDATE")
            .mapTo(Long.class)
            .one();
  }

  /// The last number that was written.
  static long last(Handle handle) {
    return handle
        .createQuery("SELECT seq FROM tranche_control.journal_head")
        .mapTo(Long.class)
        .one();
  }
}
