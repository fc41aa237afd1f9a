package tranche.core.adopt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tranche.core.adopt.ForeignHistory.ChangeSet;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.release.SchemaVersion;

/// What Liquibase's change sets mean. A change set means a version of the folder if that was
/// stated, or if its id is that version.
final class LiquibaseAdoption {
  private static final Set<String> RAN = Set.of("EXECUTED", "RERAN", "MARK_RAN");

  private LiquibaseAdoption() {}

  static AdoptionDecision decide(
      FolderIndex folder, ForeignHistory.Liquibase history, AdoptionRules rules) {
    List<String> reasons = new ArrayList<>();
    if (history.isLocked()) {
      reasons.add("its DATABASECHANGELOGLOCK is taken: Liquibase is at it, or was stopped halfway");
    }
    Set<SchemaVersion> versions = new TreeSet<>();
    for (ChangeSet changeSet : history.changeSets()) {
      if (changeSet.execType().equals("FAILED")) {
        reasons.add("change set " + changeSet + " failed under Liquibase");
      } else if (RAN.contains(changeSet.execType())) {
        version(folder, changeSet, rules)
            .ifPresentOrElse(versions::add, () -> reasons.add(unknown(changeSet)));
      }
    }
    return reasons.isEmpty()
        ? new AdoptionDecision.Adopt(HistoryKind.LIQUIBASE, rows(versions), List.of())
        : new AdoptionDecision.Refuse(reasons);
  }

  private static Optional<SchemaVersion> version(
      FolderIndex folder, ChangeSet changeSet, AdoptionRules rules) {
    Optional<SchemaVersion> stated =
        Optional.ofNullable(rules.stated().get(changeSet.toString()))
            .or(() -> Optional.ofNullable(rules.stated().get(changeSet.id())));
    Optional<SchemaVersion> byId =
        Optional.of(changeSet.id()).filter(SchemaVersion::isWellFormed).map(SchemaVersion::new);
    return stated.or(() -> byId).filter(v -> folder.version(v).isPresent());
  }

  private static String unknown(ChangeSet changeSet) {
    return "change set "
        + changeSet
        + " has no migration in the folder: state which one it is (--map '"
        + changeSet.id()
        + "=VERSION')";
  }

  private static List<AppliedMigration> rows(Set<SchemaVersion> versions) {
    return versions.stream()
        .map(v -> FolderIndex.unknownText(new MigrationKey.Version(v)))
        .toList();
  }
}
