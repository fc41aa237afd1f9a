package tranche.sql.compile;

import java.util.Comparator;
import java.util.Optional;
import tranche.core.migration.StatementEffect;
import tranche.core.release.SchemaPhase;
import tranche.sql.effect.Replacements;

/// The phase of a script: the stated one, or the last phase that one of its statements belongs to.
/// What is replaced counts for nothing: a view that is dropped and made again is not removed.
record PhaseReading(SchemaPhase phase) {
  static PhaseReading of(ScriptReading script, Optional<SchemaPhase> stated) {
    return new PhaseReading(
        stated.orElseGet(() ->
            Replacements.without(script.effects()).stream()
                .map(StatementEffect::phase)
                .max(Comparator.naturalOrder())
                .orElse(SchemaPhase.EXPAND)));
  }
}
