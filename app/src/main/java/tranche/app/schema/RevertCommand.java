package tranche.app.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import tranche.app.schema.selection.TargetStore;
import tranche.app.schema.selection.Targets;
import tranche.config.TrancheConfig;
import tranche.core.fanout.KeptUndo;
import tranche.core.fanout.RevertOptions;
import tranche.core.fanout.StoreReading;
import tranche.core.fleet.StoreId;
import tranche.engine.fanout.FanoutRequest;
import tranche.engine.fanout.FanoutSettings;
import tranche.engine.fanout.SetJob.Job;
import tranche.engine.fanout.StoreAccess;

/// `tranche schema revert`.
@Command(
    name = "revert",
    description =
        "Take migrations back on exactly the selected stores, by what each store keeps for it.",
    footer = {
      "",
      "Examples:",
      "  tranche schema revert --tenant acme --last 1",
      "  tranche schema revert --tenant acme --to 41 --dry-run",
      "  tranche schema revert --run s-01m7wkmmjab723q5fb5rdtabtz"
    })
final class RevertCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private SchemaVoice voice = new SchemaVoice();
  @Mixin private TargetOptions target = new TargetOptions();
  @Mixin private RevertOptionsGiven given = new RevertOptionsGiven();
  @Mixin private RunOptions running = new RunOptions();
  @Mixin private Confirmation confirmation = new Confirmation();

  RevertCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Speech speech = new Speech(surroundings, voice);
    RevertOptions options = given.options();
    Targets targets = TargetSearch.find(target, surroundings);
    FanoutSettings settings = running.settings(targets.config().map(TrancheConfig::limits));
    StoreAccess access = Stores.access(targets.directory());
    if (running.isDry()) {
      SchemaPlanJson plan = plan(targets, access, options, Sql.WITH);
      PlanCommand.print(speech, plan, words());
      return isRefused(plan) ? ExitCode.FAILED : ExitCode.OK;
    }
    if (Agreement.canAsk(surroundings) && !confirmation.isGiven()) {
      SchemaPlanJson plan = plan(targets, access, options, Sql.WITHOUT);
      if (speech.format().isForPeople()) {
        PlanCommand.lines(speech, plan);
      }
      if (plan.moving() > 0) {
        Agreement.require(confirmation, action(plan), surroundings);
      }
    }
    Observer observer = new Observer(speech, "revert on " + targets.name(), targets.stores());
    return new Running(speech, "revert", running.timeout(), References.of(targets)::check)
        .run(request(targets, options, settings), access, observer, words());
  }

  private FanoutRequest request(Targets targets, RevertOptions options, FanoutSettings settings) {
    return new Requests(target, surroundings, targets)
        .request(
            given.searchPath(),
            _ -> new Job.Revert(options),
            new Understanding(java.util.Set.of()),
            running.hooks(targets.directory(), surroundings),
            settings);
  }

  private SchemaPlanJson plan(Targets targets, StoreAccess access, RevertOptions options, Sql sql)
      throws InterruptedException {
    Map<StoreId, StoreReading> readings = Scan.read(access, targets.stores());
    Map<StoreId, List<KeptUndo>> undos = new HashMap<>();
    targets.stores().stream()
        .map(TargetStore::store)
        .filter(store -> readings.get(store) instanceof StoreReading.Managed)
        .collect(java.util.stream.Collectors.groupingBy(StoreId::database))
        .forEach((database, stores) -> undos.putAll(access.undos(database, stores)));
    Needs needs = Needs.toRevert(targets.stores(), readings, undos, options);
    return new RevertReport(targets, needs, given.searchPath()).json(sql);
  }

  private static boolean isRefused(SchemaPlanJson plan) {
    return plan.still().stream().anyMatch(group -> group.state().equals("refused"));
  }

  private static String action(SchemaPlanJson plan) {
    long loses = plan.migrations().stream().filter(m -> !m.undo().loses().isEmpty()).count();
    return "take back %,d migration%s on %,d store%s%s"
        .formatted(
            plan.migrations().size(),
            plan.migrations().size() == 1 ? "" : "s",
            plan.moving(),
            plan.moving() == 1 ? "" : "s",
            loses > 0 ? ", WHICH LOSES DATA" : "");
  }

  private String words() {
    return target.words();
  }
}
