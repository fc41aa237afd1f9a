package tranche.config.fleet;

import java.util.List;
import java.util.Map;
import tranche.core.fleet.DatabaseId;

/// Runs the query that lists tenants, read-only and with a bounded time.
@FunctionalInterface
public interface SqlRows {
  /// The rows, each from column label to text; NULL is the empty text.
  ///
  /// @throws tranche.core.problem.ProblemException if the database or the query fails
  List<Map<String, String>> rows(DatabaseId database, String query);
}
