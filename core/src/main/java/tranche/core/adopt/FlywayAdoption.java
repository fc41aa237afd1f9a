package tranche.core.adopt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tranche.core.adopt.ForeignHistory.FlywayRow;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.SourceMigration;
import tranche.core.release.SchemaVersion;

/// What Flyway's rows mean.
///
/// A later row of the same version replaces an earlier one: `DELETE` (by `repair`) and the undo
/// types take it away, anything else puts it there again. The types are Flyway's; one that is not
/// known here comes from a newer edition and is taken as a migration that this folder cannot hold.
final class FlywayAdoption {
  private static final Set<String> NOT_A_MIGRATION = Set.of("SCHEMA");
  private static final Set<String> BASELINE = Set.of("BASELINE", "SQL_BASELINE", "JDBC_BASELINE");
  private static final Set<String> SQL = Set.of("SQL", "SQL_BASELINE");

  private final FolderIndex folder;
  private final Map<SchemaVersion, FlywayRow> versions = new TreeMap<>(Comparator.naturalOrder());
  private final Map<String, FlywayRow> repeatables = new LinkedHashMap<>();
  private final List<AppliedMigration> applied = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();

  private FlywayAdoption(FolderIndex folder) {
    this.folder = folder;
  }

  static AdoptionDecision decide(FolderIndex folder, ForeignHistory.Flyway history) {
    FlywayAdoption adoption = new FlywayAdoption(folder);
    history.rows().forEach(adoption::fold);
    adoption.versions.values().forEach(adoption::version);
    adoption.repeatables.values().forEach(adoption::repeatable);
    return adoption.reasons.isEmpty()
        ? new AdoptionDecision.Adopt(HistoryKind.FLYWAY, adoption.applied, adoption.notes)
        : new AdoptionDecision.Refuse(adoption.reasons);
  }

  private void fold(FlywayRow row) {
    if (NOT_A_MIGRATION.contains(row.type())) {
      return;
    }
    if (row.version().isEmpty()) {
      foldRepeatable(row);
      return;
    }
    String text = row.version().get();
    if (!SchemaVersion.isWellFormed(text)) {
      reasons.add("row " + row.rank() + " has version '" + text + "', which is no version");
      return;
    }
    SchemaVersion version = new SchemaVersion(text);
    if (takesAway(row)) {
      versions.remove(version);
    } else {
      versions.put(version, row);
    }
  }

  private void foldRepeatable(FlywayRow row) {
    if (takesAway(row)) {
      repeatables.remove(row.description());
    } else {
      repeatables.put(row.description(), row);
    }
  }

  private static boolean takesAway(FlywayRow row) {
    return row.isSuccess() && (row.type().equals("DELETE") || row.type().startsWith("UNDO"));
  }

  private void version(FlywayRow row) {
    SchemaVersion version = new SchemaVersion(row.version().orElseThrow());
    MigrationKey key = new MigrationKey.Version(version);
    if (!row.isSuccess()) {
      reasons.add(
          key
              + " failed under Flyway (row "
              + row.rank()
              + "): repair it there first (flyway repair)");
    } else if (BASELINE.contains(row.type())) {
      baseline(row, version);
    } else if (SQL.contains(row.type())) {
      sql(row, version);
    } else {
      opaque(row, key);
    }
  }

  private void baseline(FlywayRow row, SchemaVersion version) {
    Optional<SourceMigration> script = folder.baseline(version);
    if (script.isPresent() && row.checksum().isPresent()) {
      compare(row, script.get());
    }
    String checksum = row.checksum().map(AppliedMigration::flyway).orElse(AppliedMigration.ADOPTED);
    applied.add(new AppliedMigration(new MigrationKey.Version(version), checksum, true));
  }

  private void sql(FlywayRow row, SchemaVersion version) {
    Optional<SourceMigration> script = folder.version(version);
    if (script.isEmpty()) {
      reasons.add(
          "V"
              + version
              + " ("
              + row.description()
              + ") was run here and is not in the folder: the store is ahead, or the folder is not"
              + " the one it was migrated from");
      return;
    }
    compare(row, script.get());
    String checksum = row.checksum().map(AppliedMigration::flyway).orElse(AppliedMigration.ADOPTED);
    applied.add(new AppliedMigration(new MigrationKey.Version(version), checksum, false));
  }

  private void compare(FlywayRow row, SourceMigration script) {
    int expected = script.up().flywayChecksum();
    if (row.checksum().isPresent() && row.checksum().get() != expected) {
      reasons.add(
          script.key()
              + " was changed after it was run: the store has Flyway checksum "
              + row.checksum().get()
              + ", "
              + script.up().name()
              + " has "
              + expected);
    }
  }

  private void opaque(FlywayRow row, MigrationKey key) {
    notes.add(
        key
            + " ("
            + row.description()
            + ") is of type "
            + row.type()
            + " and known only to the application: taken as run");
    applied.add(new AppliedMigration(key, AppliedMigration.OPAQUE, false));
  }

  private void repeatable(FlywayRow row) {
    if (!row.isSuccess()) {
      reasons.add(
          "R "
              + row.description()
              + " failed under Flyway (row "
              + row.rank()
              + "): repair it first");
      return;
    }
    boolean isOurs = row.type().equals("SQL") && folder.repeatable(row.description()).isPresent();
    String checksum =
        isOurs
            ? row.checksum().map(AppliedMigration::flyway).orElse(AppliedMigration.ADOPTED)
            : AppliedMigration.OPAQUE;
    if (!isOurs) {
      notes.add("R " + row.description() + " is not in the folder: taken as run");
    }
    applied.add(
        new AppliedMigration(new MigrationKey.Repeatable(row.description()), checksum, false));
  }
}
