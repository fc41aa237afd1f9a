package tranche.postgres.fanout;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import tranche.postgres.database.SqlState;

/// Says who is in the way. Looks from the session that waited, after its transaction was rolled
/// back: whoever blocks for longer than the lock timeout is still there then, and no second
/// connection is needed that could exceed what the server has.
final class Blockers {
  private Blockers() {}

  static String seen(Session session, StoreMessages messages) {
    try {
      List<String> blockers = new ArrayList<>();
      for (Session.Row row : session.rows(messages.blockers())) {
        blockers.add(
            "pid %s (%s, %s, its last statement began %s s ago)"
                .formatted(row.text(0), row.text(1), row.text(2), row.text(3)));
      }
      return blockers.isEmpty()
          ? "who blocked it is gone"
          : "blocked by " + String.join(", ", blockers);
    } catch (SQLException e) {
      return "who blocks it could not be read: " + SqlState.message(e);
    }
  }
}
