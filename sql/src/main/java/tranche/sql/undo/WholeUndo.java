package tranche.sql.undo;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tranche.core.migration.Undo;

/// Puts undos together.
public final class WholeUndo {
  private WholeUndo() {}

  /// What takes several things back that were done in this order: the last one first. If one of
  /// them is not known, the whole is not.
  public static Undo of(List<Undo> undos) {
    List<String> sql = new ArrayList<>();
    Set<String> loses = new LinkedHashSet<>();
    for (Undo undo : undos.reversed()) {
      switch (undo) {
        case Undo.Statements statements -> {
          sql.addAll(statements.sql());
          loses.addAll(statements.loses());
        }
        case Undo.Unknown unknown -> {
          return firstUnknown(undos, unknown);
        }
        case Undo.NotNeeded _ -> {}
      }
    }
    return sql.isEmpty()
        ? new Undo.NotNeeded()
        : new Undo.Statements(sql, loses.stream().toList(), true);
  }

  // The first in the order of the script is the one that its author finds first.
  private static Undo firstUnknown(List<Undo> undos, Undo last) {
    return undos.stream().filter(u -> u instanceof Undo.Unknown).findFirst().orElse(last);
  }
}
