package tranche.core.reference;

import java.util.ArrayList;
import java.util.List;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledStatement;
import tranche.core.migration.Expectation;
import tranche.core.migration.Finding;
import tranche.core.migration.StatementEffect;
import tranche.core.migration.TouchedObject;
import tranche.core.release.SchemaPhase;

/// What a migration of the shared store means for the references of tenants.
public record ReferenceRules(List<StoreReference> references) {
  /// The name of the rule, for `--allow` and headers.
  public static final String BREAKS = "breaks-reference";

  /// Without any reference.
  public static final ReferenceRules NONE = new ReferenceRules(List.of());

  public ReferenceRules {
    references = List.copyOf(references);
  }

  /// An error for each referenced table or column that is no longer there under its name
  /// afterwards.
  public List<Finding> breaks(CompiledMigration migration) {
    List<Finding> findings = new ArrayList<>();
    for (StoreReference reference : references) {
      migration.expectations().stream()
          .filter(expectation -> takesAway(expectation, reference))
          .findFirst()
          .ifPresent(gone -> findings.add(finding(migration, reference, gone)));
    }
    return findings;
  }

  private static boolean takesAway(Expectation expectation, StoreReference reference) {
    boolean isTable =
        expectation instanceof Expectation.RelationGone(String name)
            && name.equals(reference.sharedTable());
    boolean isColumn =
        expectation instanceof Expectation.ColumnGone(String table, String column)
            && table.equals(reference.sharedTable())
            && column.equals(reference.sharedColumn());
    return isTable || isColumn;
  }

  private static Finding finding(
      CompiledMigration migration, StoreReference reference, Expectation gone) {
    int line =
        migration.statements().stream()
            .filter(s -> s.effect().expectations().contains(gone))
            .mapToInt(CompiledStatement::line)
            .findFirst()
            .orElse(1);
    return new Finding(
        Finding.Severity.ERROR,
        Finding.Reach.BEYOND,
        BREAKS,
        migration.source().up().name(),
        line,
        1,
        "takes away shared."
            + reference.sharedTable()
            + "."
            + reference.sharedColumn()
            + ", to which "
            + reference.table()
            + "."
            + reference.column()
            + " of tenants refers",
        "What tenants' stores refer to would be there no more, and no foreign key sees to it.",
        "Move the tenants off it first, then take '"
            + reference
            + "' out of schema.references in tranche.yaml.");
  }

  /// The references whose targets a migration may take rows or meaning from: it contracts, or loses
  /// data, in a table that is referred to.
  public List<StoreReference> endangered(CompiledMigration migration) {
    return references.stream()
        .filter(reference ->
            migration.statements().stream()
                .map(CompiledStatement::effect)
                .anyMatch(effect -> endangers(effect, migration.phase(), reference)))
        .toList();
  }

  private static boolean endangers(
      StatementEffect effect, SchemaPhase phase, StoreReference reference) {
    boolean isDestructive =
        phase == SchemaPhase.CONTRACT || effect.loss() == StatementEffect.Loss.DATA;
    return isDestructive
        && effect.objects().stream()
            .map(TouchedObject::name)
            .anyMatch(name ->
                name.equals(reference.sharedTable())
                    || name.startsWith(reference.sharedTable() + "."));
  }
}
