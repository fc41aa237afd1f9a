package tranche.sql.lint;

import java.util.List;
import java.util.Optional;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.StatementEffect;
import tranche.core.release.SchemaPhase;
import tranche.sql.split.ScriptPart;

/// A migration under review: what the rules look at.
///
/// @param source as it was read
/// @param parts its statements
/// @param effects what they do
/// @param isTransactional whether all of it is one transaction
public record Reviewed(
    SourceMigration source,
    List<ScriptPart> parts,
    List<StatementEffect> effects,
    boolean isTransactional) {
  /// Copies.
  public Reviewed {
    parts = List.copyOf(parts);
    effects = List.copyOf(effects);
  }

  Optional<SchemaPhase> statedPhase() {
    return source.statedPhase();
  }

  boolean isContract() {
    return statedPhase().filter(SchemaPhase.CONTRACT::equals).isPresent();
  }

  String script() {
    return source.up().text();
  }
}
