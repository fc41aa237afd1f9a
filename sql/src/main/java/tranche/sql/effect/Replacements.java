package tranche.sql.effect;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tranche.core.migration.StatementEffect;
import tranche.core.migration.TouchedObject;

/// Drops of something that the same script makes again afterwards. They remove a shape only for the
/// moment of a transaction.
public final class Replacements {
  private Replacements() {}

  /// The effects of a script without such drops. Drops that lose rows stay.
  public static List<StatementEffect> without(List<StatementEffect> effects) {
    Set<Integer> replaced = in(effects);
    return IntStream.range(0, effects.size())
        .filter(i -> !replaced.contains(i))
        .mapToObj(effects::get)
        .toList();
  }

  /// The places of such drops in a script, from 0.
  public static Set<Integer> in(List<StatementEffect> effects) {
    Set<Integer> replaced = new HashSet<>();
    Set<TouchedObject> madeLater = new HashSet<>();
    for (int i = effects.size() - 1; i >= 0; i--) {
      StatementEffect effect = effects.get(i);
      if (isReplaced(effect, madeLater)) {
        replaced.add(i);
      }
      if (makes(effect)) {
        madeLater.addAll(effect.objects());
      }
    }
    return replaced;
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
