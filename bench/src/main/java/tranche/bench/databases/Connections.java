package tranche.bench.databases;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import tranche.bench.process.Sampling;
import tranche.bench.server.BenchServer;

/// Counts how many connections to the server there are, every few milliseconds.
///
/// Every connection but the one that counts is Tranche's, since nobody else uses the server; also
/// one that is still signing in, or whose process has not ended yet, is counted.
final class Connections implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(2);
  private static final String COUNT =
      """
      SELECT count(*)
      FROM pg_stat_activity
      WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
      """;

  private final Connection connection;
  private final PreparedStatement count;
  private final Sampling sampling;
  private int most;

  /// Begins to count.
  ///
  /// @throws SQLException when the server does not answer
  Connections(BenchServer server) throws SQLException {
    this.connection = server.fleet("postgres", List.of()).connect();
    this.count = connection.prepareStatement(COUNT);
    this.sampling = Sampling.every(PAUSE, this::look);
  }

  private void look() {
    try (var result = count.executeQuery()) {
      result.next();
      most = Math.max(most, result.getInt(1));
    } catch (SQLException e) {
      throw new IllegalStateException("the server does not answer", e);
    }
  }

  /// The most that were there at once. To be asked after it was closed, as the other two.
  int most() {
    return most;
  }

  /// How often they were counted.
  long samples() {
    return sampling.samples();
  }

  /// The longest time in which they were not counted.
  Duration longestGap() {
    return sampling.longestGap();
  }

  @Override
  public void close() throws SQLException {
    try (connection;
        count) {
      sampling.close();
    }
  }
}
