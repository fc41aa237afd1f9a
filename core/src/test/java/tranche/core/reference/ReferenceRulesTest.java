package tranche.core.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledStatement;
import tranche.core.migration.Expectation;
import tranche.core.migration.Finding;
import tranche.core.migration.LockLevel;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.SqlScript;
import tranche.core.migration.StatementEffect;
import tranche.core.migration.StatementEffect.Loss;
import tranche.core.migration.StatementEffect.Work;
import tranche.core.migration.TouchedObject;
import tranche.core.migration.TransactionMode;
import tranche.core.migration.Undo;
import tranche.core.release.SchemaPhase;

class ReferenceRulesTest {
  private static final StoreReference PLAN = new StoreReference("orders", "plan_id", "plans", "id");
  private static final ReferenceRules RULES = new ReferenceRules(List.of(PLAN));

  private static CompiledMigration migration(
      SchemaPhase phase, Loss loss, String touched, Expectation... expectations) {
    StatementEffect effect =
        new StatementEffect(
            "a statement",
            List.of(new TouchedObject("table", Optional.empty(), touched)),
            LockLevel.NONE,
            true,
            Work.NONE,
            loss,
            phase,
            List.of(expectations),
            new Undo.NotNeeded());
    SourceMigration source =
        new SourceMigration(
            MigrationKind.VERSIONED,
            MigrationKey.parse("2"),
            "sample",
            new SqlScript("V2__sample.sql", "SELECT 1", "sum", 1),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            TransactionMode.BY_STATEMENTS,
            List.of());
    return new CompiledMigration(
        source,
        phase,
        true,
        List.of(new CompiledStatement("SELECT 1", Optional.empty(), 7, effect)),
        new Undo.NotNeeded(),
        List.of(expectations),
        List.of());
  }

  private static CompiledMigration leaving(Expectation... expectations) {
    return migration(SchemaPhase.CONTRACT, Loss.SHAPE, "plans", expectations);
  }

  @Test
  void a_referenced_table_or_column_that_goes_is_an_error_that_nothing_eases() {
    for (Expectation gone :
        List.of(new Expectation.RelationGone("plans"), new Expectation.ColumnGone("plans", "id"))) {
      assertThat(RULES.breaks(leaving(gone)))
          .singleElement()
          .satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
            assertThat(finding.reach()).isEqualTo(Finding.Reach.BEYOND);
            assertThat(finding.line()).isEqualTo(7);
            assertThat(finding.what()).contains("shared.plans.id", "orders.plan_id");
          });
    }
  }

  @Test
  void what_nobody_refers_to_may_go() {
    assertThat(RULES.breaks(leaving(new Expectation.RelationGone("other")))).isEmpty();
    assertThat(RULES.breaks(leaving(new Expectation.ColumnGone("plans", "note")))).isEmpty();
    assertThat(RULES.breaks(leaving(new Expectation.ColumnThere("plans", "id")))).isEmpty();
    assertThat(ReferenceRules.NONE.breaks(leaving(new Expectation.RelationGone("plans"))))
        .isEmpty();
  }

  @Test
  void a_destructive_migration_endangers_the_tables_that_it_touches() {
    assertThat(RULES.endangered(migration(SchemaPhase.CONTRACT, Loss.SHAPE, "plans.note")))
        .containsExactly(PLAN);
    assertThat(RULES.endangered(migration(SchemaPhase.BACKFILL, Loss.DATA, "plans")))
        .containsExactly(PLAN);
    assertThat(RULES.endangered(migration(SchemaPhase.EXPAND, Loss.NONE, "plans"))).isEmpty();
    assertThat(RULES.endangered(migration(SchemaPhase.CONTRACT, Loss.DATA, "plans_old"))).isEmpty();
  }
}
