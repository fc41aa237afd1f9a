package tranche.app.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tranche.api.problem.RecordedJson;
import tranche.api.schema.FolderJson;
import tranche.api.schema.SchemaPlanJson;
import tranche.api.schema.SchemaPlanJson.FindingJson;
import tranche.api.schema.SchemaPlanJson.HistoryJson;
import tranche.api.schema.SchemaPlanJson.PlannedMigrationJson;
import tranche.api.schema.SchemaPlanJson.RehearsalJson;
import tranche.api.schema.SchemaPlanJson.StatementJson;
import tranche.api.schema.SchemaPlanJson.UndoJson;
import tranche.api.schema.StoreGroupJson;
import tranche.app.schema.selection.TargetStore;
import tranche.app.schema.selection.Targets;
import tranche.core.fanout.Exposure;
import tranche.core.fanout.StoreNeed;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledStatement;
import tranche.core.migration.Finding;
import tranche.core.migration.LockLevel;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.StatementEffect;
import tranche.core.migration.TouchedObject;
import tranche.core.migration.Undo;
import tranche.core.problem.Problem;

/// Says what applying would do, from what stores need and what the statements do.
final class PlanReport {
  private static final int EXAMPLES = 5;

  private final Targets targets;
  private final Folders folders;
  private final Needs needs;
  private final Understanding understanding;
  private final Exposed exposed;

  PlanReport(
      Targets targets, Folders folders, Needs needs, Understanding understanding, Exposed exposed) {
    this.exposed = exposed;
    this.targets = targets;
    this.folders = folders;
    this.needs = needs;
    this.understanding = understanding;
  }

  /// The plan; with the statements of each history if they are asked for.
  SchemaPlanJson json(List<FolderJson> shown, Sql sql, List<RehearsalJson> rehearsals) {
    return new SchemaPlanJson(
        "apply",
        targets.name(),
        shown,
        targets.stores().size(),
        needs.moving(),
        migrations(),
        histories(sql),
        still(needs),
        findings(),
        rehearsals,
        StatusReport.leftOut(targets));
  }

  /// Whether statements are part of a plan.
  enum Sql {
    WITHOUT,
    WITH
  }

  private record Step(String set, SourceMigration migration) {}

  /// Each migration that runs somewhere, and on how many stores, in the order of its folder.
  private Map<Step, Long> steps() {
    Map<Step, Long> counts = new LinkedHashMap<>();
    for (Folders.OfSet set : folders.sets()) {
      set.reading().set().migrations().forEach(m -> counts.put(new Step(set.name(), m), 0L));
    }
    for (Needs.Shape shape : needs.shapes()) {
      if (shape.need() instanceof StoreNeed.Migrations(_, var migrations, _)) {
        migrations.forEach(
            m -> counts.merge(new Step(shape.set(), m), (long) shape.stores().size(), Long::sum));
      }
    }
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  private List<PlannedMigrationJson> migrations() {
    List<PlannedMigrationJson> planned = new ArrayList<>();
    steps()
        .forEach((step, stores) ->
            planned.add(planned(step.set(), understanding.whole(step.migration()), stores)));
    return planned;
  }

  private PlannedMigrationJson planned(String set, CompiledMigration migration, long stores) {
    LockLevel lock =
        migration.statements().stream()
            .map(s -> s.effect().lock())
            .max(java.util.Comparator.naturalOrder())
            .orElse(LockLevel.NONE);
    return new PlannedMigrationJson(
        folders.shown(set),
        migration.key().toString(),
        migration.source().description(),
        migration.source().up().name(),
        word(migration.phase()),
        migration.isTransactional(),
        lock.sql(),
        stores,
        migration.statements().stream().map(PlanReport::statement).toList(),
        undo(migration.undo()));
  }

  private static StatementJson statement(CompiledStatement statement) {
    StatementEffect effect = statement.effect();
    return new StatementJson(
        statement.line(),
        effect.summary(),
        effect.objects().stream().map(TouchedObject::toString).toList(),
        effect.lock().sql(),
        word(effect.work()),
        word(effect.loss()));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static UndoJson undo(Undo undo) {
    return switch (undo) {
      case Undo.Statements(var sql, var loses, var isGenerated) ->
          new UndoJson(isGenerated ? "generated" : "written", sql, loses, Optional.empty());
      case Undo.NotNeeded _ -> new UndoJson("not-needed", List.of(), List.of(), Optional.empty());
      case Undo.Unknown(String why) ->
          new UndoJson("unknown", List.of(), List.of(), Optional.of(why));
    };
  }

  private List<HistoryJson> histories(Sql sql) {
    List<HistoryJson> histories = new ArrayList<>();
    for (Needs.Shape shape : needs.shapes()) {
      if (shape.need() instanceof StoreNeed.Migrations(_, var migrations, var reaches)
          && !migrations.isEmpty()) {
        histories.add(
            new HistoryJson(
                folders.shown(shape.set()),
                version(shape),
                Optional.of(reaches.toString()).filter(v -> !v.equals("0")),
                shape.stores().size(),
                examples(shape.stores()),
                migrations.stream().map(m -> m.key().toString()).toList(),
                sql == Sql.WITH ? script(shape, migrations) : List.of()));
      }
    }
    histories.sort(java.util.Comparator.comparingLong(h -> -h.stores()));
    return histories;
  }

  private List<String> script(Needs.Shape shape, List<SourceMigration> migrations) {
    return SqlText.ofApply(
        migrations.stream().map(understanding::whole).toList(),
        shape.stores().getFirst(),
        folders.searchPath());
  }

  static Optional<String> version(Needs.Shape shape) {
    return shape.reading() instanceof tranche.core.fanout.StoreReading.Managed managed
        ? StoreState.version(managed.history())
        : Optional.empty();
  }

  static List<String> examples(List<TargetStore> stores) {
    return stores.stream().limit(EXAMPLES).map(StatusReport::name).toList();
  }

  /// Stores that nothing would be done to.
  static List<StoreGroupJson> still(Needs needs) {
    List<StoreGroupJson> groups = new ArrayList<>();
    for (Needs.Shape shape : needs.shapes()) {
      if (!shape.isMoving()) {
        groups.add(still(shape));
      }
    }
    return groups;
  }

  private static StoreGroupJson still(Needs.Shape shape) {
    return switch (shape.need()) {
      case StoreNeed.UpToDate(_, var isBeyond) ->
          group(isBeyond ? "past" : "current", shape, Optional.empty());
      case StoreNeed.Migrations _, StoreNeed.Undoing _ -> group("current", shape, Optional.empty());
      case StoreNeed.Refused(var problem) ->
          group(
              problem.code().equals("store-not-adopted") ? "not-adopted" : "refused",
              shape,
              Optional.of(problem));
      case StoreNeed.NotThere _ -> group("not-there", shape, Optional.empty());
      case StoreNeed.Unreadable(var problem) -> group("unreadable", shape, Optional.of(problem));
    };
  }

  private static StoreGroupJson group(
      String state, Needs.Shape shape, Optional<? extends Problem> problem) {
    return new StoreGroupJson(
        state,
        version(shape),
        shape.stores().size(),
        List.of(),
        0,
        problem.map(RecordedJson::of),
        examples(shape.stores()));
  }

  private List<FindingJson> findings() {
    List<FindingJson> findings = new ArrayList<>();
    for (Step step : steps().keySet()) {
      for (Finding finding : understanding.whole(step.migration()).findings()) {
        boolean isError = finding.severity() == Finding.Severity.ERROR;
        boolean isAllowed = isError && !understanding.forbids(step.migration(), finding);
        Optional<Exposure> easing = exposed.easing(step.set(), step.migration(), finding);
        findings.add(
            new FindingJson(
                easing.isPresent() ? "warning" : word(finding.severity()),
                finding.rule(),
                finding.script(),
                finding.line(),
                finding.column(),
                finding.what(),
                finding.why(),
                finding.safeWay(),
                isAllowed,
                easing.map(Exposure::toString)));
      }
    }
    return findings.stream().distinct().toList();
  }
}
