package tranche.postgres.structure;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tranche.core.problem.ProblemException;
import tranche.postgres.database.SqlState;

/// Runs migrations in a scratch schema, with bounded waits, and sees to it that nothing outside
/// stays changed.
final class ScratchRun {
  private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(1);

  private final ScratchCopy copy;
  private final StatementRunner runner;

  ScratchRun(ScratchCopy copy, StatementRunner runner) {
    this.copy = copy;
    this.runner = runner;
  }

  /// Runs the statements; what comes back is why they did not take effect.
  Optional<StructureProblem> run(RehearsedStep step, List<String> statements) throws SQLException {
    if (statements.isEmpty()) {
      return Optional.empty();
    }
    Connection connection = copy.connection();
    try {
      bound(connection);
      switch (step.mode()) {
        case TRANSACTIONAL -> {
          int _ = OwnTransaction.run(connection, c -> guarded(c, step, statements));
        }
        case PLAIN -> runner.run(connection, copy.schema(), statements);
      }
      return Optional.empty();
    } catch (SQLException e) {
      if (SqlState.of(e) == SqlState.CONNECTION) {
        throw e;
      }
      return Optional.of(new StructureProblem.StatementFailed(step.name(), SqlState.message(e)));
    } catch (ProblemException e) {
      if (e.problem() instanceof StructureProblem.ReachesOutside outside) {
        return Optional.of(outside);
      }
      throw e;
    } finally {
      reset(connection);
    }
  }

  private int guarded(Connection connection, RehearsedStep step, List<String> statements)
      throws SQLException {
    OutsideGuard guard = OutsideGuard.before(connection, copy.schema());
    runner.run(connection, copy.schema(), statements);
    guard
        .touched(connection)
        .ifPresent(object -> {
          throw new StructureProblem.ReachesOutside(step.name(), object).exception();
        });
    return statements.size();
  }

  private static void bound(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET lock_timeout TO %d; SET statement_timeout TO %d"
              .formatted(ScratchCopy.LOCK_TIMEOUT.toMillis(), STATEMENT_TIMEOUT.toMillis()));
    }
  }

  /// Settings and roles that a migration left in the session must not reach what follows. The
  /// session's locks stay: one of them says that the scratch schema is in use.
  private static void reset(Connection connection) throws SQLException {
    if (connection.isClosed()) {
      return;
    }
    if (!connection.getAutoCommit()) {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("RESET SESSION AUTHORIZATION; RESET ALL; CLOSE ALL; DISCARD TEMP");
    }
  }
}
