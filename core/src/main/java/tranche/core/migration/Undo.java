package tranche.core.migration;

import java.util.List;
import java.util.Objects;

/// What takes a statement or a migration back.
public sealed interface Undo {
  /// These statements, in this order.
  ///
  /// @param loses what is lost by undoing, in a few words (`what was written to issues.priority`);
  ///   empty if nothing
  /// @param isGenerated whether they follow from the forward statement; false if somebody wrote
  ///   them
  record Statements(List<String> sql, List<String> loses, boolean isGenerated) implements Undo {
    public Statements {
      sql = List.copyOf(sql);
      loses = List.copyOf(loses);
    }
  }

  /// There is nothing to take back: the statement changes nothing that lasts.
  record NotNeeded() implements Undo {}

  /// It cannot be derived.
  ///
  /// @param why one sentence
  record Unknown(String why) implements Undo {
    public Unknown {
      Objects.requireNonNull(why);
    }
  }
}
