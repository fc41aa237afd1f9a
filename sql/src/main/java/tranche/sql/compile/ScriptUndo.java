package tranche.sql.compile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tranche.core.migration.CompiledStatement;
import tranche.core.migration.StatementEffect;
import tranche.core.migration.Undo;
import tranche.sql.split.ScriptPart;
import tranche.sql.undo.WholeUndo;

/// What takes a whole script back.
final class ScriptUndo {
  private ScriptUndo() {}

  /// The undo that follows from the statements. If it is not known of one, its line is named.
  static Undo of(ScriptReading up) {
    List<Undo> undos = new ArrayList<>();
    for (int i = 0; i < up.effects().size(); i++) {
      undos.add(located(up.effects().get(i), up.parts().get(i)));
    }
    return WholeUndo.of(undos);
  }

  private static Undo located(StatementEffect effect, ScriptPart part) {
    return switch (effect.undo()) {
      case Undo.Unknown(String why) ->
          new Undo.Unknown("line %d, %s: %s".formatted(part.line(), effect.summary(), why));
      case Undo.Statements statements -> statements;
      case Undo.NotNeeded none -> none;
    };
  }

  /// The undo that somebody has written: a down script.
  static Undo written(ScriptReading down) {
    Set<String> loses = new LinkedHashSet<>();
    for (CompiledStatement statement : down.statements()) {
      if (statement.effect().loss() == StatementEffect.Loss.DATA) {
        loses.add("what is gone after: " + statement.effect().summary());
      }
    }
    List<String> sql = down.parts().stream().map(ScriptPart::text).toList();
    return sql.isEmpty()
        ? new Undo.NotNeeded()
        : new Undo.Statements(sql, List.copyOf(loses), false);
  }
}
