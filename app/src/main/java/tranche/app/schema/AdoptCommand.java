package tranche.app.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tranche.api.schema.SchemaAdoptJson;
import tranche.app.cli.Confirmation;
import tranche.app.cli.ExitCode;
import tranche.app.cli.Surroundings;
import tranche.app.cli.render.SchemaAdoptText;
import tranche.app.schema.selection.TargetOptions;
import tranche.app.schema.selection.TargetSearch;
import tranche.app.schema.selection.Targets;
import tranche.core.adopt.AdoptionRules;
import tranche.core.migration.HistoryKind;
import tranche.core.release.SchemaVersion;

/// `tranche schema adopt`.
@Command(
    name = "adopt",
    description =
        "Take over stores whose history another tool keeps, or that have none. Writes only into the"
            + " schema `tranche`; nothing in a store is changed.",
    footer = {
      "",
      "Examples:",
      "  tranche schema adopt --dry-run",
      "  tranche schema adopt --url postgresql://migrator@db1/app --schemas 'tenant_*'",
      "  tranche schema adopt --map 1a2b3c4d=12        (an Alembic revision)",
      "  tranche schema adopt --at 41                  (no history, and you know the version)"
    })
final class AdoptCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private SchemaVoice voice = new SchemaVoice();
  @Mixin private TargetOptions target = new TargetOptions();
  @Mixin private MigrationOptions migrations = new MigrationOptions();
  @Mixin private Confirmation confirmation = new Confirmation();

  @Option(names = "--dry-run", description = "Only say what would be taken over and what not.")
  private boolean isDry;

  @Option(
      names = "--from",
      paramLabel = "TOOL",
      description =
          "Whose history counts where a store has several: flyway, golang-migrate, rails,"
              + " liquibase, alembic, django.")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--map",
      paramLabel = "NAME=VERSION",
      description =
          "Which version of the folder a name in a history means: an Alembic revision, Django's"
              + " app.name, a Liquibase change set. May be repeated.")
  private Map<String, String> mapped = new HashMap<>();

  @Option(
      names = "--at",
      paramLabel = "VERSION",
      description =
          "The version of stores that have no history, instead of finding it by comparing what they"
              + " are made of.")
  private Optional<String> at = Optional.empty();

  AdoptCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Speech speech = new Speech(surroundings, voice);
    Optional<HistoryKind> kind = from.map(AdoptCommand::kind);
    Map<String, SchemaVersion> stated = new HashMap<>();
    mapped.forEach((name, version) -> stated.put(name, version("--map", version)));
    Optional<SchemaVersion> stands = at.map(v -> version("--at", v));
    Targets targets = TargetSearch.find(target, surroundings);
    Folders folders = Folders.read(migrations, targets, surroundings);
    Adopting adopting =
        new Adopting(
            targets,
            folders,
            new Adopting.Wish(new AdoptionRules(stated), kind, stands),
            surroundings);
    List<Adopted> looked = adopting.look();
    long takable = looked.stream().filter(Adopted::canBeTaken).count();
    if (!isDry && takable > 0 && Agreement.canAsk(surroundings) && !confirmation.isGiven()) {
      print(speech, AdoptReport.json(looked, Adopting.Mode.LOOK), targets);
      Agreement.require(
          confirmation,
          "take over %,d store%s".formatted(takable, takable == 1 ? "" : "s"),
          surroundings);
    }
    List<Adopted> done = isDry ? looked : adopting.take(looked);
    print(speech, AdoptReport.json(done, isDry ? Adopting.Mode.LOOK : Adopting.Mode.TAKE), targets);
    return done.stream().anyMatch(Adopted::isRefused) ? ExitCode.FAILED : ExitCode.OK;
  }

  private void print(Speech speech, SchemaAdoptJson json, Targets targets) {
    switch (speech.format()) {
      case TABLE, WIDE -> {
        speech.lines(SchemaAdoptText.lines(json, targets.name(), speech.look()));
        speech.next(NextSteps.afterAdopt(json, target.words() + migrations.words()));
      }
      case JSON -> speech.envelope("schema-adopt", json);
      case NDJSON -> json.groups().forEach(speech::json);
      case JUNIT -> JunitReport.ofAdoption(json, speech.out());
    }
  }

  private static HistoryKind kind(String word) {
    for (HistoryKind kind : HistoryKind.values()) {
      if (kind != HistoryKind.TRANCHE && kind.word().equals(word)) {
        return kind;
      }
    }
    throw new SchemaProblem.OptionNotUnderstood(
            "--from", word, "flyway, golang-migrate, rails, liquibase, alembic or django")
        .exception();
  }

  private static SchemaVersion version(String option, String text) {
    if (!SchemaVersion.isWellFormed(text)) {
      throw new SchemaProblem.OptionNotUnderstood(option, text, "a version such as 12 or 1.4")
          .exception();
    }
    return new SchemaVersion(text);
  }
}
