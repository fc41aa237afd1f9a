package tranche.postgres.fanout;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// What came back for one message.
sealed interface Answer {
  /// All of its statements ran.
  ///
  /// @param value the first column of the last row that was returned
  record Done(@Nullable String value) implements Answer {
    /// The value, where the message was made so that there is one.
    String text() {
      if (value == null) {
        throw new IllegalStateException("the message returned nothing");
      }
      return value;
    }
  }

  /// One of them failed, or the connection broke.
  ///
  /// @param completed how many statements ran before
  record Refused(SQLException error, int completed) implements Answer {}
}
