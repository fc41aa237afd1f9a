package tranche.postgres.schema;

import java.sql.SQLException;

/// The connection was lost while a commit was on its way: it may have happened or not. Only the
/// history, read on a new connection behind the store's lock, knows.
final class CommitUnknown extends SQLException {
  private static final long serialVersionUID = 1L;

  CommitUnknown(SQLException cause) {
    super("the connection was lost during the commit", "08007", cause);
  }
}
