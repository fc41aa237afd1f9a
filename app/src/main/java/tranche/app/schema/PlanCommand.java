package tranche.app.schema;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tranche.api.schema.SchemaPlanJson;
import tranche.api.schema.SchemaPlanJson.RehearsalJson;
import tranche.app.cli.ExitCode;
import tranche.app.cli.Surroundings;
import tranche.app.cli.render.Look;
import tranche.app.cli.render.SchemaPlanText;
import tranche.app.schema.PlanReport.Sql;
import tranche.app.schema.selection.TargetOptions;
import tranche.app.schema.selection.TargetSearch;
import tranche.app.schema.selection.Targets;
import tranche.core.fanout.StoreReading;
import tranche.core.fleet.StoreId;
import tranche.engine.fanout.StoreAccess;
import tranche.postgres.structure.StoreStructures;

/// `tranche schema plan`.
@Command(
    name = "plan",
    description =
        "Show what applying would do: migrations, locks, undo, and how many stores need what."
            + " Changes nothing.",
    footer = {
      "",
      "Examples:",
      "  tranche schema plan",
      "  tranche schema plan --url postgresql://migrator@db1/app --schemas 'tenant_*' --sql",
      "  tranche schema plan -l tier=premium --to 42"
    })
final class PlanCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private SchemaVoice voice = new SchemaVoice();
  @Mixin private TargetOptions target = new TargetOptions();
  @Mixin private MigrationOptions migrations = new MigrationOptions();
  @Mixin private VersionOptions versions = new VersionOptions();

  @Option(names = "--sql", description = "Also show the exact SQL for each distinct history.")
  private boolean isWithSql;

  @Option(
      names = "--detailed-exitcode",
      description = "Exit with 20 instead of 0 if there is something to apply.")
  private boolean isDetailed;

  PlanCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Speech speech = new Speech(surroundings, voice);
    Targets targets = TargetSearch.find(target, surroundings);
    Folders folders = Folders.read(migrations, targets, surroundings);
    SchemaPlanJson plan =
        plan(targets, folders, versions, isWithSql ? Sql.WITH : Sql.WITHOUT, surroundings);
    print(speech, plan, target.words() + migrations.words());
    if (isRefused(plan) || isRefusedRehearsal(plan, versions)) {
      return ExitCode.FAILED;
    }
    return isDetailed && plan.moving() > 0 ? ExitCode.CHANGES : ExitCode.OK;
  }

  /// Reads the stores and says what they need.
  static SchemaPlanJson plan(
      Targets targets, Folders folders, VersionOptions versions, Sql sql, Surroundings surroundings)
      throws InterruptedException {
    return plan(targets, folders, new Wanted(versions, sql, RehearseWhen.NEVER), surroundings);
  }

  /// What a plan is made of.
  ///
  /// @param usual whether it is rehearsed if the options do not say
  record Wanted(VersionOptions versions, Sql sql, RehearseWhen usual) {}

  /// Reads the stores and says what they need.
  static SchemaPlanJson plan(
      Targets targets, Folders folders, Wanted wanted, Surroundings surroundings)
      throws InterruptedException {
    VersionOptions versions = wanted.versions();
    StoreAccess access = Stores.seeing(targets, folders);
    Map<StoreId, StoreReading> readings = Scan.read(access, targets.stores());
    Needs needs = Needs.toApply(targets.stores(), readings, folders, versions.options());
    Understanding understanding =
        Understanding.of(versions.allowed(), References.of(targets).rules(), folders);
    Exposed exposed = Exposed.of(needs, readings, understanding, access);
    List<RehearsalJson> rehearsals =
        versions.rehearse(wanted.usual()) == RehearseWhen.NEVER
            ? List.of()
            : rehearsing(targets, folders, versions, understanding, surroundings).of(needs);
    return new PlanReport(targets, folders, needs, understanding, exposed)
        .json(folders.json(surroundings.folder()), wanted.sql(), rehearsals);
  }

  /// What tries migrations on copies of stores.
  static Rehearsing rehearsing(
      Targets targets,
      Folders folders,
      VersionOptions versions,
      Understanding understanding,
      Surroundings surroundings) {
    String owner = "tranche schema, " + surroundings.person();
    return new Rehearsing(
        new StoreStructures(targets.directory(), owner),
        understanding,
        folders.searchPath(),
        versions.rehearsalTime());
  }

  /// Whether a rehearsal went wrong that was required not to.
  static boolean isRefusedRehearsal(SchemaPlanJson plan, VersionOptions versions) {
    return versions.rehearse(RehearseWhen.NEVER).isRefused(plan.rehearsals());
  }

  /// Whether a finding keeps it from being applied.
  static boolean isRefused(SchemaPlanJson plan) {
    return plan.findings().stream().anyMatch(f -> f.severity().equals("error") && !f.allowed());
  }

  static void print(Speech speech, SchemaPlanJson plan, String words) {
    switch (speech.format()) {
      case TABLE, WIDE -> {
        lines(speech, plan);
        speech.next(NextSteps.afterPlan(plan, words));
      }
      case JSON -> speech.envelope("schema-plan", plan);
      case NDJSON -> plan.histories().forEach(speech::json);
      case JUNIT -> JunitReport.ofPlan(plan, speech.out());
    }
  }

  static void lines(Speech speech, SchemaPlanJson plan) {
    Look look = speech.look();
    boolean isWide = speech.format() == SchemaFormat.WIDE;
    speech.lines(isWide ? SchemaPlanText.wide(plan, look) : SchemaPlanText.lines(plan, look));
    if (plan.histories().stream().anyMatch(h -> !h.sql().isEmpty())) {
      speech.lines(SchemaPlanText.sql(plan, look));
    }
  }
}
