package tranche.core.adopt;

import tranche.core.migration.MigrationSet;

/// Decides what a foreign history means in terms of a folder of migrations.
public final class Adoption {
  private Adoption() {}

  /// What the history of one store means. Stores with equal histories get equal answers, so it is
  /// enough to ask once for each distinct history.
  public static AdoptionDecision decide(
      MigrationSet folder, ForeignHistory history, AdoptionRules rules) {
    FolderIndex index = FolderIndex.of(folder);
    return switch (history) {
      case ForeignHistory.Flyway flyway -> FlywayAdoption.decide(index, flyway);
      case ForeignHistory.GolangMigrate golang -> VersionAdoption.golang(index, golang);
      case ForeignHistory.Rails rails -> VersionAdoption.rails(index, rails);
      case ForeignHistory.Liquibase liquibase -> LiquibaseAdoption.decide(index, liquibase, rules);
      case ForeignHistory.Alembic alembic -> MappedAdoption.alembic(index, alembic, rules);
      case ForeignHistory.Django django -> MappedAdoption.django(index, django, rules);
    };
  }
}
