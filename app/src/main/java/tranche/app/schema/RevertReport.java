package tranche.app.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.api.schema.SchemaPlanJson;
import tranche.api.schema.SchemaPlanJson.HistoryJson;
import tranche.api.schema.SchemaPlanJson.PlannedMigrationJson;
import tranche.app.schema.selection.Targets;
import tranche.core.fanout.KeptUndo;
import tranche.core.fanout.StoreNeed;
import tranche.core.fanout.StoreReading;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.StoreHistory;
import tranche.core.migration.Undo;
import tranche.core.release.SchemaVersion;

/// Says what taking back would do, from what the stores themselves keep for it.
record RevertReport(Targets targets, Needs needs, List<String> searchPath) {
  SchemaPlanJson json(PlanReport.Sql sql) {
    return new SchemaPlanJson(
        "revert",
        targets.name(),
        List.of(),
        targets.stores().size(),
        needs.moving(),
        migrations(),
        histories(sql),
        PlanReport.still(needs),
        List.of(),
        List.of(),
        StatusReport.leftOut(targets));
  }

  private record Back(MigrationKey key, Undo undo) {}

  private List<PlannedMigrationJson> migrations() {
    Map<Back, Long> counts = new LinkedHashMap<>();
    for (Needs.Shape shape : needs.shapes()) {
      if (shape.need() instanceof StoreNeed.Undoing(_, var keys, _)) {
        kept(shape, keys)
            .forEach(undo ->
                counts.merge(
                    new Back(undo.key(), undo.undo()), (long) shape.stores().size(), Long::sum));
      }
    }
    List<PlannedMigrationJson> migrations = new ArrayList<>();
    counts.forEach((back, stores) -> migrations.add(planned(back, stores)));
    return migrations;
  }

  private static PlannedMigrationJson planned(Back back, long stores) {
    return new PlannedMigrationJson(
        "",
        back.key().toString(),
        "",
        "",
        "",
        true,
        "",
        stores,
        List.of(),
        PlanReport.undo(back.undo()));
  }

  private static List<KeptUndo> kept(Needs.Shape shape, List<MigrationKey> keys) {
    return shape.undos().stream().filter(undo -> keys.contains(undo.key())).toList();
  }

  private List<HistoryJson> histories(PlanReport.Sql sql) {
    List<HistoryJson> histories = new ArrayList<>();
    for (Needs.Shape shape : needs.shapes()) {
      if (shape.need() instanceof StoreNeed.Undoing(_, var keys, _)) {
        histories.add(
            new HistoryJson(
                "",
                PlanReport.version(shape),
                afterwards(shape, keys),
                shape.stores().size(),
                PlanReport.examples(shape.stores()),
                keys.stream().map(MigrationKey::toString).toList(),
                sql == PlanReport.Sql.WITH ? script(shape, keys) : List.of()));
      }
    }
    histories.sort(Comparator.comparingLong(h -> -h.stores()));
    return histories;
  }

  private static Optional<String> afterwards(Needs.Shape shape, List<MigrationKey> keys) {
    if (!(shape.reading() instanceof StoreReading.Managed(StoreHistory history, _))) {
      return Optional.empty();
    }
    return history.applied().stream()
        .map(AppliedMigration::key)
        .filter(key -> !keys.contains(key))
        .filter(MigrationKey.Version.class::isInstance)
        .map(key -> ((MigrationKey.Version) key).version())
        .max(Comparator.naturalOrder())
        .map(SchemaVersion::toString);
  }

  private List<String> script(Needs.Shape shape, List<MigrationKey> keys) {
    List<String> lines = new ArrayList<>();
    for (KeptUndo undo : kept(shape, keys)) {
      if (undo.undo() instanceof Undo.Statements(var sql, _, _)) {
        lines.addAll(
            SqlText.ofUndo("takes back " + undo.key(), sql, shape.stores().getFirst(), searchPath));
      }
    }
    return lines;
  }
}
