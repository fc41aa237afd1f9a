package tranche.sql.compile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tranche.core.migration.StatementEffect;
import tranche.core.migration.TouchedObject;

/// Drops of something that the same script makes again afterwards. They remove a shape only for the
/// moment of a transaction.
final class Replacements {
  private Replacements() {}

  /// The effects of a script without such drops. Drops that lose rows stay.
  static List<StatementEffect> without(List<StatementEffect> effects) {
    List<StatementEffect> kept = new ArrayList<>();
    Set<TouchedObject> madeLater = new HashSet<>();
    for (StatementEffect effect : effects.reversed()) {
      if (!isReplaced(effect, madeLater)) {
        kept.add(effect);
      }
      if (makes(effect)) {
        madeLater.addAll(effect.objects());
      }
    }
    return kept.reversed();
  }

  private static boolean makes(StatementEffect effect) {
    return effect.summary().startsWith("create ") || effect.summary().startsWith("add ");
  }

  private static boolean isReplaced(StatementEffect effect, Set<TouchedObject> madeLater) {
    boolean isDrop = effect.summary().startsWith("drop ");
    return isDrop
        && effect.loss() != StatementEffect.Loss.DATA
        && !effect.objects().isEmpty()
        && madeLater.containsAll(effect.objects());
  }
}
