package tranche.postgres.fanout;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CompiledStatement;
import tranche.core.migration.Expectation;
import tranche.postgres.database.Identifier;

/// What a statement that was cut off while it built an index leaves: an index that costs every
/// write and serves no read. It is dropped before the statement runs again, and after it failed.
final class InvalidIndexes {
  private InvalidIndexes() {}

  /// Drops what the statement may have left.
  ///
  /// @return what the server refused
  static Optional<Answer.Refused> drop(
      Session session, StoreId store, StoreMessages messages, CompiledStatement statement) {
    try {
      for (String query : queries(messages, statement)) {
        for (Session.Row row : session.rows(query)) {
          String index = Identifier.quote(store.schema(), row.text(0));
          if (session.send("DROP INDEX CONCURRENTLY IF EXISTS " + index)
              instanceof Answer.Refused refused) {
            return Optional.of(refused);
          }
        }
      }
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(new Answer.Refused(e, 0));
    }
  }

  private static List<String> queries(StoreMessages messages, CompiledStatement statement) {
    StatementWords words = StatementWords.of(statement.sql());
    if (words.isConcurrentReindex()) {
      return List.of(messages.invalidIndexes(List.of()));
    }
    List<String> queries = new ArrayList<>();
    if (words.isConcurrentIndex()) {
      for (Expectation expectation : statement.effect().expectations()) {
        query(messages, expectation).ifPresent(queries::add);
      }
    }
    return queries;
  }

  /// By its name if it has one, else by what it covers.
  private static Optional<String> query(StoreMessages messages, Expectation expectation) {
    return switch (expectation) {
      case Expectation.IndexValid(var name) -> Optional.of(messages.invalidIndexes(List.of(name)));
      case Expectation.IndexIs(var name, _) -> Optional.of(messages.invalidIndexes(List.of(name)));
      case Expectation.IndexOn(var shape) -> Optional.of(messages.invalidIndexes(shape));
      case Expectation.RelationThere _, Expectation.RelationIs _ -> Optional.empty();
      case Expectation.RelationGone _, Expectation.ConstraintThere _ -> Optional.empty();
      case Expectation.ColumnThere _, Expectation.ColumnIs _ -> Optional.empty();
      case Expectation.ColumnGone _ -> Optional.empty();
    };
  }
}
