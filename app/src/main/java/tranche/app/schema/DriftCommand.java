package tranche.app.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tranche.api.schema.SchemaDriftJson;
import tranche.api.schema.StoreGroupJson;
import tranche.app.cli.ExitCode;
import tranche.app.cli.Surroundings;
import tranche.app.cli.render.SchemaDriftText;
import tranche.app.schema.DriftReport.Kind;
import tranche.app.schema.selection.TargetOptions;
import tranche.app.schema.selection.TargetSearch;
import tranche.app.schema.selection.TargetStore;
import tranche.app.schema.selection.Targets;
import tranche.core.fanout.StoreReading;
import tranche.core.fleet.StoreId;
import tranche.core.release.SchemaVersion;
import tranche.core.structure.KnownVersions;
import tranche.core.structure.Structure;
import tranche.core.structure.StructureFingerprint;
import tranche.postgres.structure.StoreStructures;

/// `tranche schema drift`.
@Command(
    name = "drift",
    description =
        "Compare what the stores are made of: with the majority of their version, with one of them,"
            + " or with what the migrations make. Changes nothing.",
    footer = {
      "",
      "Examples:",
      "  tranche schema drift",
      "  tranche schema drift --against migrations",
      "  tranche schema drift --url postgresql://migrator@db1/app --schemas 'tenant_*' --reference"
          + " tenant_1"
    })
final class DriftCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private SchemaVoice voice = new SchemaVoice();
  @Mixin private TargetOptions target = new TargetOptions();
  @Mixin private MigrationOptions migrations = new MigrationOptions();

  @Option(
      names = "--against",
      paramLabel = "WHAT",
      defaultValue = "majority",
      description =
          "${COMPLETION-CANDIDATES}: what most stores of the same version are made of; what the"
              + " migrations make in a scratch schema. Default: majority.")
  private Against against = Against.MAJORITY;

  @Option(
      names = "--reference",
      paramLabel = "STORE",
      description = "Compare all with this store, named as in the output of status.")
  private Optional<String> reference = Optional.empty();

  /// What stores are compared with.
  enum Against {
    MAJORITY,
    MIGRATIONS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  DriftCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Speech speech = new Speech(surroundings, voice);
    Targets targets = TargetSearch.find(target, surroundings);
    Optional<TargetStore> one = reference.map(name -> named(name, targets));
    Map<StoreId, StoreReading> readings =
        Scan.read(Stores.access(targets.directory()), targets.stores());
    StoreStructures structures =
        new StoreStructures(targets.directory(), "tranche schema drift, " + surroundings.person());
    DriftReport report = new DriftReport(prints(structures, targets), structures::read);
    Map<Kind, List<TargetStore>> kinds = kinds(targets, readings, one.isPresent());
    DriftReport.Found found = report.compare(kinds, expected(report, structures, targets, one));
    SchemaDriftJson json = json(targets, found, notThere(targets, report.prints()), one);
    print(speech, json);
    return found.equal() < found.compared() ? ExitCode.FAILED : ExitCode.OK;
  }

  private static TargetStore named(String name, Targets targets) {
    return targets.stores().stream()
        .filter(s -> s.label().equals(name) || s.store().toString().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new SchemaProblem.OptionNotUnderstood("--reference", name, "one of the selected stores")
                .exception());
  }

  private static Map<StoreId, StructureFingerprint> prints(
      StoreStructures structures, Targets targets) {
    Map<StoreId, StructureFingerprint> prints = new HashMap<>();
    targets.stores().stream()
        .map(TargetStore::store)
        .collect(
            java.util.stream.Collectors.groupingBy(
                StoreId::database, LinkedHashMap::new, java.util.stream.Collectors.toList()))
        .forEach((database, stores) -> prints.putAll(structures.fingerprints(database, stores)));
    return prints;
  }

  /// Stores that should be equal: of one set and version; all of them if there is a reference.
  private static Map<Kind, List<TargetStore>> kinds(
      Targets targets, Map<StoreId, StoreReading> readings, boolean isAllAlike) {
    boolean hasSets = targets.stores().stream().map(Folders::setOf).distinct().count() > 1;
    Map<Kind, List<TargetStore>> kinds = new LinkedHashMap<>();
    for (TargetStore store : targets.stores()) {
      Optional<String> version =
          readings.get(store.store()) instanceof StoreReading.Managed managed
              ? StoreState.version(managed.history())
              : Optional.empty();
      Kind kind =
          isAllAlike
              ? new Kind("", Optional.empty())
              : new Kind(hasSets ? Folders.setOf(store) : "", version);
      kinds.computeIfAbsent(kind, _ -> new ArrayList<>()).add(store);
    }
    return kinds;
  }

  private DriftReport.Expected expected(
      DriftReport report, StoreStructures structures, Targets targets, Optional<TargetStore> one) {
    if (one.isPresent()) {
      Structure wanted = structures.read(one.get().store());
      return (_, _) -> Optional.of(wanted);
    }
    return switch (against) {
      case MAJORITY -> (_, stores) -> report.majority(stores);
      case MIGRATIONS -> new Made(structures, Folders.read(migrations, targets, surroundings));
    };
  }

  /// What the folders make, worked out once for each set.
  private record Made(StoreStructures structures, Folders folders, Map<String, KnownVersions> known)
      implements DriftReport.Expected {
    Made(StoreStructures structures, Folders folders) {
      this(structures, folders, new HashMap<>());
    }

    @Override
    public Optional<Structure> of(Kind kind, List<TargetStore> stores) {
      if (kind.version().isEmpty()) {
        return Optional.of(Structure.EMPTY);
      }
      String set = Folders.setOf(stores.getFirst());
      KnownVersions made =
          known.computeIfAbsent(
              set,
              _ ->
                  structures.made(
                      stores.getFirst().store().database(),
                      Steps.of(folders.folder(set), new Understanding(java.util.Set.of())),
                      folders.searchPath()));
      return at(made, new SchemaVersion(kind.version().get()));
    }

    /// The structure after that version; after the newest one repeatable migrations have run too.
    private static Optional<Structure> at(KnownVersions made, SchemaVersion version) {
      List<KnownVersions.Version> all = made.versions();
      Optional<Structure> found = Optional.empty();
      for (int i = 0; i < all.size(); i++) {
        boolean isVersion = SchemaVersion.isWellFormed(all.get(i).name());
        if (isVersion && new SchemaVersion(all.get(i).name()).equals(version)) {
          found = Optional.of(all.get(i).structure());
        } else if (!isVersion && found.isPresent() && i == all.size() - 1) {
          boolean isNewest =
              all.stream()
                  .filter(v -> SchemaVersion.isWellFormed(v.name()))
                  .noneMatch(v -> new SchemaVersion(v.name()).isAfter(version));
          found = isNewest ? Optional.of(all.get(i).structure()) : found;
        }
      }
      return found;
    }
  }

  private static List<StoreGroupJson> notThere(
      Targets targets, Map<StoreId, StructureFingerprint> prints) {
    List<TargetStore> missing =
        targets.stores().stream().filter(s -> !prints.containsKey(s.store())).toList();
    return missing.isEmpty()
        ? List.of()
        : List.of(
            new StoreGroupJson(
                "not-there",
                Optional.empty(),
                missing.size(),
                List.of(),
                0,
                Optional.empty(),
                PlanReport.examples(missing)));
  }

  private SchemaDriftJson json(
      Targets targets,
      DriftReport.Found found,
      List<StoreGroupJson> still,
      Optional<TargetStore> one) {
    String with =
        one.map(TargetStore::label)
            .orElseGet(() ->
                switch (against) {
                  case MAJORITY -> "the majority of each version";
                  case MIGRATIONS -> "what the migrations make";
                });
    return new SchemaDriftJson(
        targets.name(),
        with,
        found.compared(),
        found.equal(),
        found.shapes(),
        still,
        StatusReport.leftOut(targets));
  }

  private static void print(Speech speech, SchemaDriftJson drift) {
    switch (speech.format()) {
      case TABLE -> speech.lines(SchemaDriftText.lines(drift, speech.look()));
      case WIDE -> speech.lines(SchemaDriftText.wide(drift, speech.look()));
      case JSON -> speech.envelope("schema-drift", drift);
      case NDJSON -> drift.shapes().forEach(speech::json);
      case JUNIT -> JunitReport.ofDrift(drift, speech.out());
    }
  }
}
