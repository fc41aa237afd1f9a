package tranche.app.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tranche.api.schema.FolderJson;
import tranche.api.schema.SchemaStatusJson;
import tranche.app.cli.ExitCode;
import tranche.app.cli.Surroundings;
import tranche.app.cli.render.SchemaStatusText;
import tranche.app.schema.selection.TargetOptions;
import tranche.app.schema.selection.TargetSearch;
import tranche.app.schema.selection.Targets;
import tranche.core.fanout.StoreReading;
import tranche.core.fleet.StoreId;
import tranche.engine.fanout.StoreAccess;

/// `tranche schema status`.
@Command(
    name = "status",
    description = "Show how far the stores are: a line for each group of stores. Changes nothing.",
    footer = {
      "",
      "Examples:",
      "  tranche schema status",
      "  tranche schema status --url postgresql://migrator@db1/app --schemas 'tenant_*'",
      "  tranche schema status --failed --show=stores"
    })
final class StatusCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private SchemaVoice voice = new SchemaVoice();
  @Mixin private TargetOptions target = new TargetOptions();
  @Mixin private MigrationOptions migrations = new MigrationOptions();

  @Option(
      names = "--show",
      paramLabel = "WHAT",
      description = "${COMPLETION-CANDIDATES}: one line per store below the table.")
  private Optional<Show> show = Optional.empty();

  @Option(names = "--failed", description = "Only stores that somebody has to look at.")
  private boolean isFailedOnly;

  @Option(
      names = "--detailed-exitcode",
      description = "Exit with 20 instead of 0 if a store is not where it should be.")
  private boolean isDetailed;

  /// What else to show.
  enum Show {
    STORES;

    @Override
    public String toString() {
      return "stores";
    }
  }

  StatusCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Speech speech = new Speech(surroundings, voice);
    Targets targets = TargetSearch.find(target, surroundings);
    Optional<Folders> folders =
        Folders.isThere(migrations, targets, surroundings)
            ? Optional.of(Folders.read(migrations, targets, surroundings))
            : Optional.empty();
    StoreAccess access =
        folders
            .map(f -> Stores.seeing(targets, f))
            .orElseGet(() -> Stores.access(targets.directory()));
    Map<StoreId, StoreReading> readings = Scan.read(access, targets.stores());
    StatusReport all = StatusReport.of(targets, readings, folders);
    StatusReport report = isFailedOnly ? all.troubled() : all;
    List<FolderJson> json = folders.map(f -> f.json(surroundings.folder())).orElse(List.of());
    print(speech, report, json);
    return isDetailed && !all.isFine() ? ExitCode.CHANGES : ExitCode.OK;
  }

  private void print(Speech speech, StatusReport report, List<FolderJson> folders) {
    switch (speech.format()) {
      case TABLE, WIDE -> text(speech, report, report.json(folders));
      case JSON -> speech.envelope("schema-status", report.json(folders));
      case NDJSON -> report.stores().forEach(speech::json);
      case JUNIT -> JunitReport.ofStatus(report.targets().name(), report.stores(), speech.out());
    }
  }

  private void text(Speech speech, StatusReport report, SchemaStatusJson json) {
    boolean isWide = speech.format() == SchemaFormat.WIDE;
    speech.lines(
        isWide
            ? SchemaStatusText.wide(json, speech.look())
            : SchemaStatusText.lines(json, speech.look()));
    if (show.isPresent() || isWide) {
      speech.out().println();
      SchemaStatusText.stores(report.stores(), speech.look(), speech.out()::println);
    }
    speech.next(NextSteps.afterStatus(json, target.words() + migrations.words()));
  }
}
