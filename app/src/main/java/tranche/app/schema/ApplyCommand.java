package tranche.app.schema;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tranche.api.schema.SchemaPlanJson;
import tranche.app.cli.Confirmation;
import tranche.app.cli.ExitCode;
import tranche.app.cli.Surroundings;
import tranche.app.schema.PlanReport.Sql;
import tranche.app.schema.selection.TargetOptions;
import tranche.app.schema.selection.TargetSearch;
import tranche.app.schema.selection.Targets;
import tranche.config.TrancheConfig;
import tranche.core.fanout.ApplyOptions;
import tranche.engine.fanout.FanoutRequest;
import tranche.engine.fanout.FanoutSettings;
import tranche.engine.fanout.SetJob.Job;

/// `tranche schema apply`.
@Command(
    name = "apply",
    description =
        "Bring the stores to the newest version of their migrations, or to --to. Goes on where an"
            + " earlier run stopped.",
    footer = {
      "",
      "Examples:",
      "  tranche schema apply",
      "  tranche schema apply --url postgresql://migrator@db1/app --schemas 'tenant_*' -y",
      "  tranche schema apply -l tier=premium --on-error budget:0.5%% --timeout 30m"
    })
final class ApplyCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private SchemaVoice voice = new SchemaVoice();
  @Mixin private TargetOptions target = new TargetOptions();
  @Mixin private MigrationOptions migrations = new MigrationOptions();
  @Mixin private VersionOptions versions = new VersionOptions();
  @Mixin private RunOptions running = new RunOptions();
  @Mixin private Confirmation confirmation = new Confirmation();

  ApplyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Speech speech = new Speech(surroundings, voice);
    Targets targets = TargetSearch.find(target, surroundings);
    FanoutSettings settings = running.settings(targets.config().map(TrancheConfig::limits));
    ApplyOptions options = versions.options();
    Folders folders = Folders.read(migrations, targets, surroundings);
    if (running.isDry()) {
      return dryRun(speech, targets, folders);
    }
    RehearseWhen when = versions.rehearse(RehearseWhen.REPORT);
    boolean mustAsk = mustAsk(targets);
    if (mustAsk && !isAgreed(speech, targets, folders)) {
      return ExitCode.OK;
    }
    References references = References.of(targets);
    Understanding understanding = Understanding.of(versions.allowed(), references.rules(), folders);
    FanoutRequest request =
        new Requests(target, surroundings, targets)
            .request(
                folders.searchPath(),
                set -> new Job.Apply(folders.folder(set), options),
                understanding,
                running.hooks(targets.directory(), surroundings),
                settings);
    FirstRehearsal rehearsal =
        new FirstRehearsal(
            speech,
            PlanCommand.rehearsing(targets, folders, versions, understanding, surroundings),
            mustAsk ? RehearseWhen.NEVER : when);
    Observer observer =
        new Observer(
            speech,
            "apply to " + targets.name(),
            targets.stores(),
            before(references, understanding, rehearsal));
    return new Running(speech, "apply", running.timeout(), references::check)
        .run(
            request,
            Stores.following(targets, folders, request.run(), surroundings.person()),
            observer,
            words());
  }

  private static Observer.Before before(
      References references, Understanding understanding, FirstRehearsal rehearsal) {
    return (plan, labels) -> {
      references.before(plan, understanding);
      return rehearsal.of(plan, labels);
    };
  }

  private String words() {
    return target.words() + migrations.words();
  }

  private int dryRun(Speech speech, Targets targets, Folders folders) throws InterruptedException {
    SchemaPlanJson plan = PlanCommand.plan(targets, folders, versions, Sql.WITH, surroundings);
    PlanCommand.print(speech, plan, words());
    boolean isRefused =
        PlanCommand.isRefused(plan) || PlanCommand.isRefusedRehearsal(plan, versions);
    return isRefused ? ExitCode.FAILED : ExitCode.OK;
  }

  private boolean mustAsk(Targets targets) {
    return Agreement.canAsk(surroundings) && !confirmation.isGiven() && targets.stores().size() > 1;
  }

  /// Shows what would be done and asks; there may be nothing to ask.
  private boolean isAgreed(Speech speech, Targets targets, Folders folders)
      throws InterruptedException {
    RehearseWhen when = versions.rehearse(RehearseWhen.REPORT);
    SchemaPlanJson plan =
        PlanCommand.plan(
            targets, folders, new PlanCommand.Wanted(versions, Sql.WITHOUT, when), surroundings);
    if (speech.format().isForPeople()) {
      PlanCommand.lines(speech, plan);
    }
    if (when.isRefused(plan.rehearsals())) {
      throw SchemaProblem.RehearsalFailed.of(plan.rehearsals()).exception();
    }
    if (plan.moving() == 0 || PlanCommand.isRefused(plan)) {
      return plan.moving() > 0;
    }
    String action =
        "apply %,d migration%s to %,d store%s"
            .formatted(
                plan.migrations().size(),
                plan.migrations().size() == 1 ? "" : "s",
                plan.moving(),
                plan.moving() == 1 ? "" : "s");
    Agreement.require(confirmation, action, surroundings);
    return true;
  }
}
