package tranche.postgres.onboard;

import java.sql.Connection;
import java.sql.SQLException;

/// Held while a store is made, by a session of its own: when the process ends, however it ends, the
/// server gives it back.
public final class OnboardLock implements AutoCloseable {
  private final Connection connection;

  OnboardLock(Connection connection) {
    this.connection = connection;
  }

  /// Gives it back.
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // The session is gone, and with it the lock.
      System.getLogger(OnboardLock.class.getName())
          .log(System.Logger.Level.DEBUG, "closing the lock's session", e);
    }
  }
}
